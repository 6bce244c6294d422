import { Command } from "../deps/commander.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";
import { collect } from "../option_values.ts";

/** `tandem card`. */
export function cardCommand() {
  return new Command("card")
    .description(
      "Write the model card of a run: data, training, scores with intervals, robustness, limits.",
    )
    .argument("<run>", "run folder")
    .option("-o, --output <file>", "the card, in Markdown (default: MODEL.md in the run folder)")
    .option(
      "--evaluation <file>",
      "also tell of this evaluation of the run, by evaluate --out (repeatable)",
      collect,
      [],
    )
    .option("--overwrite", "replace a card that exists")
    .option("--json", "print JSON")
    .action(async (run, { output, evaluation, overwrite = false, json = false }) => {
      using _interrupts = endAtInterrupts();
      const { writeCard } = await import("../../mod.ts");
      const card = await writeCard(run, {
        evaluations: evaluation,
        overwrite,
        ...output === undefined ? {} : { output },
      });
      console.log(json ? JSON.stringify({ card }) : card);
    });
}
