import { Command } from "../deps/commander.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";
import { wholeNumber } from "../option_values.ts";
import { postprocessingTable } from "../postprocessing_table.ts";

/** `tandem postprocess`. */
export function postprocessCommand() {
  return new Command("postprocess")
    .description(
      "Find on a run's validation subjects which labels to keep the largest piece alone of, and " +
        "which volumes to look at; predict goes by it from then on.",
    )
    .argument("<run>", "run folder")
    .option("--data <dir>", "where the run's data set lies by now")
    .option("--threads <n>", "threads (default: all cores)", wholeNumber(1, 64))
    .option("--json", "print JSON")
    .action(async (run, { data, threads, json = false }) => {
      using _interrupts = endAtInterrupts();
      const tandem = await import("../../mod.ts");
      const found = await tandem.postprocessRun(run, {
        ...(data === undefined ? {} : { data }),
        ...(threads === undefined ? {} : { threads }),
        onNotice: (text) => console.error(text),
      });
      console.log(json ? JSON.stringify(found) : postprocessingTable(found));
    });
}
