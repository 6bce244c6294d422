import { EMPTY_RULES, LAYOUT_NAMES } from "../../lib/names.ts";
import { Command, Option } from "../deps/commander.ts";
import { evaluationTable } from "../evaluation_table.ts";
import { deviceOption } from "../device_option.ts";
import { EXIT, ExitError, UsageError } from "../exit_code.ts";
import { keepResult } from "../keep_result.ts";
import { endAtInterrupts } from "../listen_for_interrupts.ts";
import { collect, names, numbers, positiveNumber, wholeNumber } from "../option_values.ts";

/** Settings that say what label files hold, or how they are scored. */
const SETTINGS = /^(data\.(labels|ignore|geometry|bids)\b|evaluation\.)/;

/** `tandem evaluate`. */
export function evaluateCommand() {
  return new Command("evaluate")
    .description(
      "Take the 3-D Dice, HD95, ASSD, volume error and surface Dice of a trained run on a data set, " +
        "by domain; or of predictions made anywhere, by labels of the same names.",
    )
    .option("--run <dir>", "run folder")
    .option("--predictions <dir>", "in its place: a folder of segmentations to score")
    .option("--data <dir>", "folder of the data set")
    .option("--labels <dir>", "in its place, for predictions: a folder of label files")
    .addOption(
      new Option("--layout <name>", "how the data set lies there")
        .choices(["auto", ...LAYOUT_NAMES] as const).default("auto" as const),
    )
    .option("--no-artifacts", "take the data set as it is, for one that holds artifacts already")
    .addOption(
      new Option(
        "--empty <rule>",
        "a class in neither prediction nor label: left out (skip), perfect, or a Dice of 0 " +
          "(default: skip, or the run's)",
      ).choices(EMPTY_RULES),
    )
    .option(
      "--nsd <mm,…>",
      "tolerances of the surface Dice (default: 1,2,3, or the run's)",
      numbers,
    )
    .option("--lesions <class,…>", "classes whose components are counted as lesions", names)
    .option(
      "--distance-penalty <mm>",
      "HD95 and ASSD of a class that just one of prediction and label holds (default: left out)",
      positiveNumber,
    )
    .option("--set <key=value>", "for predictions: data.labels and the like", collect, [])
    .option(
      "-o, --out <path>",
      "also write the result: to this JSON file; of predictions into this folder",
    )
    .option("--overwrite", "replace what lies there")
    .option("--threads <n>", "threads (default: all cores)", wholeNumber(1, 64))
    .addOption(deviceOption())
    .option("--cache <dir>", "where prepared volumes are kept, or none (default: the run's)")
    .option("--json", "print JSON")
    .action(async (options) => {
      if ((options.run === undefined) === (options.predictions === undefined)) {
        throw new UsageError("Cannot evaluate: wanted either --run or --predictions");
      }
      using _interrupts = endAtInterrupts(() => "ended; no result is written");
      await (options.run === undefined ? ofPredictions(options) : ofRun(options));
    });
}

/** What was asked for. */
type Options = ReturnType<ReturnType<typeof evaluateCommand>["opts"]>;

async function ofRun({ run, data, labels, set, ...options }: Options): Promise<void> {
  if (labels !== undefined || set.length > 0) {
    throw new UsageError(
      `Cannot use ${
        labels === undefined ? "--set" : "--labels"
      } with --run: it is for --predictions`,
    );
  }
  if (data === undefined) {
    throw new UsageError(
      "Cannot evaluate a run: wanted --data, a data set to test on; its own test subjects are " +
        "evaluated by train, or by train --resume where that was left out",
    );
  }
  const { layout, artifacts, distancePenalty, empty, nsd, lesions, threads, cache } = options;
  const { device } = options;
  const { out, overwrite = false, json = false } = options;
  const tandem = await import("../../mod.ts");
  if (out !== undefined) {
    const inputs = [data, ...["cases", "dataset"].map((name) => `${data}/${name}.json`)];
    await tandem.checkResultFile(out, { inputs, runs: [run!], overwrite });
  }
  const evaluation = await tandem.evaluateRun(run!, {
    data,
    layout,
    ...(artifacts ? {} : { artifacts }),
    ...(distancePenalty === undefined ? {} : { distancePenalty }),
    ...(empty === undefined ? {} : { empty }),
    ...(nsd === undefined ? {} : { surfaceTolerances: nsd }),
    ...(lesions === undefined ? {} : { lesions }),
    ...(threads === undefined ? {} : { threads }),
    ...(device === undefined ? {} : { device }),
    ...(cache === undefined ? {} : { cache }),
    onNotice: (text) => console.error(text),
  });
  if (out !== undefined) {
    await keepResult(evaluation, () => tandem.saveEvaluation(out, evaluation));
  }
  console.log(json ? JSON.stringify(evaluation) : evaluationTable(evaluation));
}

async function ofPredictions({ predictions, data, labels, ...options }: Options): Promise<void> {
  if ((data === undefined) === (labels === undefined)) {
    throw new UsageError("Cannot score predictions: wanted either --labels or --data");
  }
  const { artifacts, threads, device, cache } = options;
  const idle = Object.entries({ threads, device, cache, artifacts: artifacts ? undefined : false })
    .find(([, value]) => value !== undefined);
  if (idle !== undefined) {
    const flag = idle[0] === "artifacts" ? "--no-artifacts" : `--${idle[0]}`;
    throw new UsageError(`Cannot use ${flag} with --predictions: it is for --run`);
  }
  const other = options.set.find((setting) => !SETTINGS.test(setting));
  if (other !== undefined) {
    throw new UsageError(
      `Cannot use --set ${other} with --predictions: wanted data.labels, data.ignore, ` +
        "data.geometry, data.bids, or a setting of evaluation",
    );
  }
  const { layout, distancePenalty, empty, nsd, lesions, out, overwrite, json = false } = options;
  const tandem = await import("../../mod.ts");
  const config = await tandem.resolveConfig({
    set: options.set,
    flags: {
      evaluation: {
        ...(distancePenalty === undefined ? {} : { distancePenalty }),
        ...(empty === undefined ? {} : { empty }),
        ...(nsd === undefined ? {} : { surfaceTolerances: nsd }),
        ...(lesions === undefined ? {} : { lesions }),
      },
    },
  });
  const { evaluation, failures } = await tandem.scorePredictions({
    predictions: predictions!,
    ...(data === undefined ? { labels: labels! } : { data }),
    layout,
    config,
    ...(out === undefined ? {} : { output: out }),
    ...(overwrite === undefined ? {} : { overwrite }),
    onNotice: (text) => console.error(text),
  });
  console.log(json ? JSON.stringify(evaluation) : evaluationTable(evaluation));
  if (failures.length === 0) return;
  const all = evaluation.volumes.length + failures.length;
  console.error(
    `error: Cannot score ${failures.length} of ${all} cases: ${
      failures.map(({ id }) => id).join(", ")
    }`,
  );
  throw new ExitError(EXIT.badData);
}
