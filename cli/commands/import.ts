import { Command } from "../deps/commander.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";
import { collect } from "../option_values.ts";

/** `tandem import`. */
export function importCommand() {
  return new Command("import")
    .description(
      "Make a run folder of weights, as tandem export or PyTorch wrote them; no pickle is run.",
    )
    .argument(
      "<weights>",
      "a file in .safetensors or .pth, or a folder with image_encoder.pth and the others",
    )
    .requiredOption("-o, --output <dir>", "run folder, new or without a run")
    .option(
      "--config <file>",
      "what goes with them, by tandem export (default: config.json beside them)",
    )
    .option(
      "--set <key=value>",
      "what weights do not tell, as data.spacing=1.4 (repeatable)",
      collect,
      [],
    )
    .option("--json", "print JSON")
    .action(async (weights, { output, config, set, json = false }) => {
      using _interrupts = endAtInterrupts();
      const { importRun } = await import("../../mod.ts");
      const imported = await importRun(weights, {
        output,
        set,
        ...config === undefined ? {} : { config },
        onNotice: (line) => console.error(line),
      });
      if (json) return console.log(JSON.stringify(imported));
      const { files, networks, model, data } = imported;
      const labels = data.task.labels.slice(1).map(({ name }) => name).join(", ");
      console.log(
        `${files.join(", ")} -> ${output} (${
          networks === "dual" ? "both networks" : "fast-thinking network"
        }, width ${model.baseWidth}, ${model.levels} levels; ${labels})`,
      );
    });
}
