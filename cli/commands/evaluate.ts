import { LAYOUT_NAMES } from "../../lib/names.ts";
import { Command, Option } from "../deps/commander.ts";
import { evaluationTable } from "../evaluation_table.ts";
import { wholeNumber } from "../option_values.ts";

/** `tandem evaluate`. */
export function evaluateCommand() {
  return new Command("evaluate")
    .description(
      "Take the 3-D Dice, HD95, ASSD and volume error of a trained run on a data set, by domain.",
    )
    .requiredOption("--run <dir>", "run folder")
    .requiredOption("--data <dir>", "folder of the data set")
    .addOption(
      new Option("--layout <name>", "how it lies there")
        .choices(["auto", ...LAYOUT_NAMES] as const).default("auto" as const),
    )
    .option("--no-artifacts", "take the data set as it is, for one that holds artifacts already")
    .option("-o, --out <file>", "also write the result to this JSON file")
    .option("--threads <n>", "threads (default: all cores)", wholeNumber(1, 64))
    .option("--cache <dir>", "where prepared volumes are kept, or none (default: the run's)")
    .option("--json", "print JSON")
    .action(async ({ run, data, layout, artifacts, out, threads, cache, json = false }) => {
      const tandem = await import("../../mod.ts");
      const evaluation = await tandem.evaluateRun(run, {
        data,
        layout,
        ...(artifacts ? {} : { artifacts }),
        ...(threads === undefined ? {} : { threads }),
        ...(cache === undefined ? {} : { cache }),
        onNotice: (text) => console.error(text),
      });
      if (out !== undefined) await tandem.saveEvaluation(out, evaluation);
      console.log(json ? JSON.stringify(evaluation) : evaluationTable(evaluation));
    });
}
