import { Command } from "../deps/commander.ts";
import { UsageError } from "../exit_code.ts";
import { keepResult } from "../keep_result.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";
import { comparisonTable } from "../study_table.ts";

/** `tandem compare`. */
export function compareCommand() {
  return new Command("compare")
    .description(
      "Compare evaluated runs, or scores of predictions (evaluate -o), each by itself, on the " +
        "volumes they share; the first is the reference. For several seeds or folds a method, see study.",
    )
    .argument("<runs...>", "folders of runs or of scores, at least two")
    .option("-o, --out <file>", "also write the result to this JSON file")
    .option("--overwrite", "replace that file")
    .option("--json", "print JSON")
    .action(async (runs, { out, overwrite = false, json = false }) => {
      if (runs.length < 2) throw new UsageError("Cannot compare one run: wanted at least two");
      using _interrupts = endAtInterrupts();
      const tandem = await import("../../mod.ts");
      if (out !== undefined) {
        const inputs = runs.map((run) => `${run}/evaluation.json`);
        await tandem.checkResultFile(out, { inputs, runs, overwrite });
      }
      const summary = await tandem.compareRuns(runs);
      if (out !== undefined) await keepResult(summary, () => tandem.saveSummary(out, summary));
      console.log(json ? JSON.stringify(summary) : comparisonTable(summary));
    });
}
