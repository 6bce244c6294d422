import { LAYOUT_NAMES } from "../../lib/names.ts";
import { Command, Option } from "../deps/commander.ts";
import { evaluationTable } from "../evaluation_table.ts";
import { keepResult } from "../keep_result.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";
import { positiveNumber, wholeNumber } from "../option_values.ts";

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
    .option(
      "--distance-penalty <mm>",
      "HD95 and ASSD of a class that just one of prediction and label holds (default: left out)",
      positiveNumber,
    )
    .option("-o, --out <file>", "also write the result to this JSON file")
    .option("--overwrite", "replace that file")
    .option("--threads <n>", "threads (default: all cores)", wholeNumber(1, 64))
    .option("--cache <dir>", "where prepared volumes are kept, or none (default: the run's)")
    .option("--json", "print JSON")
    .action(
      async (
        {
          run,
          data,
          layout,
          artifacts,
          distancePenalty,
          out,
          overwrite = false,
          threads,
          cache,
          ...rest
        },
      ) => {
        const { json = false } = rest;
        using _interrupts = endAtInterrupts(() => "ended; no result is written");
        const tandem = await import("../../mod.ts");
        if (out !== undefined) {
          await tandem.checkResultFile(out, { inputs: inputFiles(run, data), overwrite });
        }
        const evaluation = await tandem.evaluateRun(run, {
          data,
          layout,
          ...(artifacts ? {} : { artifacts }),
          ...(distancePenalty === undefined ? {} : { distancePenalty }),
          ...(threads === undefined ? {} : { threads }),
          ...(cache === undefined ? {} : { cache }),
          onNotice: (text) => console.error(text),
        });
        if (out !== undefined) {
          await keepResult(evaluation, () => tandem.saveEvaluation(out, evaluation));
        }
        console.log(json ? JSON.stringify(evaluation) : evaluationTable(evaluation));
      },
    );
}

/** JSON files that are read, or that tell of what is. */
function inputFiles(run: string, data: string): string[] {
  const ofRun = ["config", "data", "division"].map((name) => `${run}/${name}.json`);
  return [...ofRun, data, ...["cases", "dataset"].map((name) => `${data}/${name}.json`)];
}
