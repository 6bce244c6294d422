import {
  COMMAND_CALLS,
  EMPTY_RULES,
  LAYOUT_NAMES,
  NETWORKS,
  SUITE_NAMES,
} from "../../lib/names.ts";
import type { ChallengeOptions, ChallengeOutcome, Severity } from "../../mod.ts";
import { Command, Option } from "../deps/commander.ts";
import { EXIT, ExitError, UsageError } from "../exit_code.ts";
import { challengeTable } from "../challenge_table.ts";
import { listenForInterrupts } from "../listen_for_interrupts.ts";
import { names, numbers, positiveNumber, severity, wholeNumber } from "../option_values.ts";
import { showChallenge } from "../show_challenge.ts";

/** `tandem challenge`. */
export function challengeCommand() {
  const requests: ChallengeOptions["models"][number][] = [];
  const gather = (kind: typeof requests[number]["kind"]) => (text: string, all: string[]) => {
    requests.push({ kind, text });
    return [...all, text];
  };
  return new Command("challenge")
    .description(
      "Run models of any kind over corrupted test sets made of a data set, and score and compare " +
        "them: tables, a page. What is done is not done again, so that the same command goes on after " +
        "Ctrl-C, and a later one adds models. The first model is the reference.",
    )
    .addOption(
      new Option("--suite <name>", "which test sets").choices(SUITE_NAMES)
        .default("rood-mri" as const),
    )
    .option("--data <dir>", "folder of the data set (default: phantom hearts)")
    .addOption(
      new Option("--layout <name>", "how it lies there (default: recognised)").choices(
        LAYOUT_NAMES,
      ),
    )
    .requiredOption("-o, --output <dir>", "where to write: new, empty, or one to go on with")
    .option("--model <[name=]file.onnx>", "an ONNX model", gather("onnx"), [] as string[])
    .option("--run <[name=]dir>", "a run of Tandem", gather("run"), [] as string[])
    .option(
      "--command <[name=]words>",
      'a program, as "nnUNetv2_predict -i {input} -o {output} -d 4 -c 2d -f 0": it reads ' +
        "CASE_0000.nii.gz, a file a channel, and writes CASE.nii.gz in the data set's codes; no shell",
      gather("command"),
      [] as string[],
    )
    .addOption(
      new Option("--command-per <what>", "call it once a set, or once a file").choices(
        COMMAND_CALLS,
      )
        .default("set" as const),
    )
    .option(
      "--model-config <[name=]file.json>",
      "what an ONNX model wants of images, where its metadata does not say so",
      (text: string, all: string[]) => [...all, text],
      [] as string[],
    )
    .addOption(new Option("--network <name>", "of runs (default: as predict)").choices(NETWORKS))
    .option("--severity <1-5>", "one severity only (default: all five)", severity)
    .option("--repeats <n>", "volumes a case and set", wholeNumber(1, 1000))
    .option("--seed <n>", "seed of all draws", wholeNumber(0), 0)
    .addOption(
      new Option("--empty <rule>", "a class in neither prediction nor label (default: skip)")
        .choices(EMPTY_RULES),
    )
    .option("--nsd <mm,…>", "tolerances of the surface Dice (default: 1,2,3)", numbers)
    .option("--lesions <class,…>", "classes whose components are counted as lesions", names)
    .option(
      "--distance-penalty <mm>",
      "HD95 and ASSD of a class that just one of prediction and label holds",
      positiveNumber,
    )
    .option("--threads <n>", "threads (default: all cores)", wholeNumber(1, 64))
    .option("--json", "print JSON")
    .addHelpText("after", "\nExit code 1 where anything failed; the rest is done and scored.")
    .action(async ({ suite, data, layout, output, ...given }) => {
      if (requests.length === 0) {
        throw new UsageError("Cannot run a challenge: wanted --model, --run or --command");
      }
      if (data === undefined && layout !== undefined) {
        throw new UsageError("Cannot use --layout without --data");
      }
      const { modelConfig, commandPer, network, severity, repeats, seed, threads } = given;
      const { empty, nsd, lesions, distancePenalty, json = false } = given;
      const tandem = await import("../../mod.ts");
      const config = await tandem.resolveConfig({
        flags: {
          evaluation: {
            ...distancePenalty !== undefined && { distancePenalty },
            ...empty !== undefined && { empty },
            ...nsd !== undefined && { surfaceTolerances: nsd },
            ...lesions !== undefined && { lesions },
          },
        },
      });
      const stop = new AbortController(), progress = showChallenge(json);
      const silence = listenForInterrupts(stop, () => "ending; the same command goes on");
      let outcome: ChallengeOutcome;
      try {
        outcome = await tandem.runChallenge({
          ...{ output, suite, models: requests, config, configs: modelConfig, calls: commandPer },
          ...data !== undefined && {
            origin: tandem.datasetOrigin(
              data,
              layout ?? (await tandem.recogniseLayout(data)).layout,
            ),
          },
          ...network !== undefined && { network },
          ...severity !== undefined && { severity: severity as Severity },
          ...repeats !== undefined && { repeats },
          ...threads !== undefined && { threads },
          seed,
          stop: stop.signal,
          onNotice: progress.note,
          onProgress: progress.show,
        });
      } catch (error) {
        if (!stop.signal.aborted) throw error;
        progress.pause();
        console.error("ended; what is done is kept, and the same command goes on");
        throw new ExitError(EXIT.interrupted);
      } finally {
        silence();
        progress.pause();
      }
      const { results, failures, page, table } = outcome;
      console.log(
        json ? JSON.stringify({ page, table, results, failures }) : challengeTable(results),
      );
      if (!json) console.log(`look at it: ${page}\ntables:     ${table}, .csv, .json`);
      if (failures.length === 0) return;
      const told = Map.groupBy(failures, ({ model, message }) => `${model}\n${message}`);
      const lines = [...told.values()].map((alike) => {
        const [{ model, what, message }] = alike as [typeof failures[number]];
        const more = alike.length > 1 ? ` and ${alike.length - 1} more` : "";
        return `  ${model}, ${what}${more}: ${message}`;
      });
      console.error(`error: ${failures.length} failed:\n${lines.join("\n")}`);
      throw new ExitError(EXIT.failure);
    });
}
