import { EXPORT_FORMATS, NETWORKS } from "../../lib/names.ts";
import { Command, Option } from "../deps/commander.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";

/** `tandem export`. */
export function exportCommand() {
  return new Command("export")
    .description(
      "Write the networks of a run for other programs: an ONNX model, or weights as safetensors.",
    )
    .argument("<run>", "run folder")
    .requiredOption(
      "-o, --output <file>",
      "a name in .onnx, or in .safetensors, beside which config.json is written",
    )
    .addOption(
      new Option("--format <name>", "by default what the name says").choices(EXPORT_FORMATS),
    )
    .addOption(
      new Option(
        "--network <name>",
        "ONNX: fast-thinking network alone, or refined by the slow one (default: ftn)",
      ).choices(NETWORKS),
    )
    .option("--overwrite", "replace files that exist, those of the run never")
    .option("--json", "print JSON")
    .action(async (run, { output, format, network, overwrite = false, json = false }) => {
      using _interrupts = endAtInterrupts();
      const { exportRun } = await import("../../mod.ts");
      const exported = await exportRun(run, {
        output,
        overwrite,
        ...format === undefined ? {} : { format },
        ...network === undefined ? {} : { network },
      });
      if (json) return console.log(JSON.stringify(exported));
      const { files, parameters, record: { network: written, model, data } } = exported;
      const side = 2 ** model.levels;
      console.log(
        `${run} -> ${files.join(", ")} (${
          written ?? "all networks"
        }, ${parameters} numbers; slices ` +
          `of ${data.task.channels.length} x multiples of ${side} x ${side} pixels, ` +
          `${data.task.labels.length} classes)`,
      );
    });
}
