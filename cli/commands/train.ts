import { shellWord } from "../../lib/base/text/shell_word.ts";
import { type DeviceName, LAYOUT_NAMES, type LayoutName, PRESET_NAMES } from "../../lib/names.ts";
import type {
  Evaluation,
  PartialConfig,
  StopReason,
  TrainingEvents,
  ViewBeside,
} from "../../mod.ts";
import { Command, Option } from "../deps/commander.ts";
import { evaluationTable } from "../evaluation_table.ts";
import { strayHint } from "../stray_hint.ts";
import { deviceOption } from "../device_option.ts";
import { EXIT, ExitError, UsageError } from "../exit_code.ts";
import { listenForInterrupts } from "../listen_for_interrupts.ts";
import { collect, seconds, trackedStore, wholeNumber } from "../option_values.ts";
import { refuseGivenTwice, refuseOverridden } from "../refuse_overridden.ts";
import { showEvaluation, showProgress } from "../show_progress.ts";
import { whenOutputIsLost } from "../standard_streams.ts";

/** `tandem train`. */
export function trainCommand() {
  return new Command("train")
    .description("Train a network; with no data set, on phantom hearts made on the fly.")
    .option("--data <dir>", "folder of the data set")
    .addOption(new Option(
      "--layout <name>",
      "how it lies there (default: recognised)",
    ).choices(["auto", ...LAYOUT_NAMES] as const))
    .addOption(new Option("--preset <name>", "settings to begin with").choices(PRESET_NAMES))
    .option(
      "--method <name>",
      "method to train by, as adversarial-bias; an unknown name lists all (default: full)",
    )
    .option("--config <file>", "settings from a JSON or YAML file")
    .option(
      "--set <key=value>",
      "one setting, as training.batchSize=8; `tandem settings` lists all (repeatable)",
      collect,
      [],
    )
    .option("--init <run>", "begin with the weights of the run in this folder, where they fit")
    .option("--out <dir>", "run folder (default: the next free runs/NNN)")
    .option(
      "--decay-steps <n>",
      "steps along which a falling learning rate falls (default: all of the run)",
      wholeNumber(1),
    )
    .option("--epochs <n>", "passes over the training slices", wholeNumber(1))
    .option("--max-steps <n>", "stop after so many steps in all", wholeNumber(1))
    .option("--max-time <seconds>", "stop after so many seconds of this sitting", seconds)
    .option("--batch-size <n>", "slices a step", wholeNumber(2))
    .option("--size <size>", "slices in pixels, multiples of 16: 96, or 64x48 (height x width)")
    .option("--seed <n>", "seed of all that is random", wholeNumber(0))
    .option("--threads <n>", "threads (default: all cores)", wholeNumber(1, 64))
    .addOption(deviceOption())
    .option(
      "--cache <dir>",
      "where prepared volumes are kept for all runs, or none (default: auto)",
    )
    .option(
      "--resume <run>",
      "go on with the run in this folder; --data says where its data set has moved",
    )
    .option(
      "--track <mlflow=dir>",
      "tell an MLflow file store of the run, too (TensorBoard's file is always written)",
      trackedStore,
    )
    .option("--no-evaluate", "end when it is trained; train --resume RUN evaluates it another time")
    .option("--view", "serve the run's page to the browser of this computer meanwhile")
    .option("--json", "print JSON lines")
    .action(async (options) => {
      const { resume, evaluate, json = false, view = false } = options;
      if (resume !== undefined) refuseWithResume(options);
      const stop = new AbortController();
      // from here on, so that Ctrl-C ends in order before the first step too
      const interrupts = endInOrder(stop);
      const tandem = await import("../../mod.ts");
      const given = settingsOf(options);
      const method = options.method === undefined ? undefined : tandem.findMethod(options.method);
      if (method) refuseOverridden(options.set, method);
      refuseGivenTwice(options.set, given);
      // Checked with all other settings.
      const flags = {
        ...given,
        ...(method?.artifacts && { data: { ...given.data, artifacts: method.artifacts } }),
        ...(method && { method: method.settings }),
      } as PartialConfig;
      const events = new tandem.TrainingEvents();
      let told: ReturnType<typeof showEvaluation> | undefined;
      let page: ViewBeside | undefined;
      const hooks = {
        onEvaluation: (volumes: number, total: number) => {
          if (volumes === 0 && !json) {
            console.log(
              "trained and saved; evaluating (Ctrl-C or --no-evaluate leaves that for --resume)",
            );
          }
          told?.(volumes, total);
        },
        events,
        stop,
        ...!evaluate && { evaluate } as const,
        onNotice: (text: string) => print(json, { type: "notice", text }, text),
        onStart: ({ dir, firstStep, maxTime }: RunStartInfo) => {
          const from = firstStep === 0 ? "" : `, going on after step ${firstStep}`;
          print(json, { type: "run", dir, firstStep }, `run folder: ${dir}${from}`);
          if (view) {
            page = tandem.viewBeside(dir);
            page.url.then(
              (url) => print(json, { type: "view", url }, `page: ${url}`),
              // ended with the training, or it cannot be made, which ends no training
              (error) =>
                page && print(json, { type: "notice", text: error.message }, error.message),
            );
          }
          const pace = new tandem.Pace(firstStep);
          showProgress(events, { json, pace, maxTime });
          interrupts.started(events, () => void (told = showEvaluation(json)));
        },
      };
      using _page = {
        [Symbol.dispose]() {
          const open = page;
          page = undefined;
          open?.[Symbol.dispose]();
        },
      };
      const result = resume === undefined
        ? await tandem.startRun(
          await tandem.resolveConfig({
            ...(options.preset === undefined ? {} : { preset: options.preset }),
            ...(options.config === undefined ? {} : { file: options.config }),
            set: options.set,
            flags,
          }),
          hooks,
        )
        : await tandem.resumeRun(resume, flags, hooks);
      report(json, result, evaluate);
    });
}

/** A resumed run keeps its settings; it may only be given other time, another device, and its data's place. */
const WITH_RESUME = [
  "resume",
  "data",
  "decaySteps",
  "epochs",
  "maxSteps",
  "maxTime",
  "threads",
  "device",
  "track",
  "evaluate",
  "json",
  "view",
  "set",
];

interface RunStartInfo {
  readonly dir: string;
  readonly firstStep: number;
  readonly maxTime: number | null;
}

interface RunOutcome {
  readonly dir: string;
  readonly reason: StopReason;
  readonly evaluation?: Evaluation;
}

function refuseWithResume(options: Readonly<Record<string, unknown>> & { set: string[] }): void {
  const given = Object.keys(options).find((key) => !WITH_RESUME.includes(key)) ??
    (options.set.length > 0 ? "set" : undefined);
  if (given === undefined) return;
  const flag = given.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase());
  throw new UsageError(`Cannot use --${flag} with --resume: a run keeps its settings`);
}

function settingsOf(options: {
  data?: string | undefined;
  layout?: LayoutName | "auto" | undefined;
  init?: string | undefined;
  decaySteps?: number | undefined;
  out?: string | undefined;
  epochs?: number | undefined;
  maxSteps?: number | undefined;
  maxTime?: number | undefined;
  batchSize?: number | undefined;
  size?: string | undefined;
  seed?: number | undefined;
  threads?: number | undefined;
  device?: DeviceName | undefined;
  cache?: string | undefined;
  track?: string | undefined;
}): PartialConfig {
  const { data, layout, out, size, seed, cache } = options;
  const given = <T extends object>(settings: T) =>
    Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return {
    data: given({ dir: data, layout, size, seed, cache }),
    phantom: given({ seed }),
    optimizer: given({ decaySteps: options.decaySteps }),
    training: given({
      epochs: options.epochs,
      maxSteps: options.maxSteps,
      maxTime: options.maxTime,
      batchSize: options.batchSize,
      seed,
      threads: options.threads,
      device: options.device,
      init: options.init,
    }),
    output: given({ dir: out }),
    tracking: given({ mlflow: options.track }),
  };
}

/** What ends a training in order. */
interface Interrupts {
  /**
   * Says that the steps begin.
   *
   * @param onTrained Is called when the training has come to its end and is saved.
   */
  started(events: TrainingEvents, onTrained: () => void): void;
}

/**
 * The first Ctrl-C lets the step finish; a second one ends the process at once, as does any after
 * the training, when all is saved and resuming the run evaluates it. So does output that nobody
 * reads any more.
 */
function endInOrder(stop: AbortController): Interrupts {
  let hasStarted = false, isSaved = false;
  const silence = listenForInterrupts(
    stop,
    () => hasStarted ? "finishing the step, then saving" : "ending before the first step",
  );
  whenOutputIsLost((lost) => {
    if (!isSaved) return stop.abort("interrupted");
    if (!lost.closed) console.error(`error: ${lost.message}`);
    Deno.exit(lost.exitCode);
  });
  return {
    started(events, onTrained) {
      hasStarted = true;
      let done = false;
      events
        .on("done", ({ reason }) => void (done = reason !== "interrupted"))
        .on("checkpoint", ({ kind }) => {
          if (!done || kind !== "last") return;
          isSaved = true;
          silence();
          onTrained();
        });
    },
  };
}

function report(
  json: boolean,
  { dir, reason, evaluation }: RunOutcome,
  evaluated: boolean,
): void {
  if (reason === "interrupted") {
    print(
      json,
      { type: "interrupted", dir },
      `saved; go on with: train --resume ${shellWord(dir)}`,
    );
    throw new ExitError(EXIT.interrupted);
  }
  if (json) return console.log(JSON.stringify({ type: "result", dir, reason, evaluation }));
  if (evaluation !== undefined) {
    console.log(evaluationTable(evaluation));
    const hint = strayHint(evaluation, dir);
    if (hint !== undefined) console.log(hint);
  }
  if (evaluated && evaluation === undefined) {
    console.log("not evaluated: the division has no test subjects");
  }
  if (!evaluated) {
    console.log(`not evaluated; train --resume ${shellWord(dir)} does that, on its test subjects`);
  }
  console.log(`done (${reason}); all results are in ${dir}`);
}

function print(json: boolean, object: object, text: string): void {
  if (json) console.log(JSON.stringify(object));
  else console.log(text);
}
