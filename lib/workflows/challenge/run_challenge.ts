/** Models of any kind over a suite of corrupted test sets: predictions, scores, tables and a page. */
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { ConfigError } from "../../base/config/config_error.ts";
import { resolve } from "../../base/deps/std.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { claimFolder } from "../../formats/files/claim_folder.ts";
import { exists } from "../../formats/files/exists.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { writeAtomically } from "../../formats/files/write_atomically.ts";
import { type Evaluation, readEvaluation } from "../../formats/run_folder/evaluation.ts";
import { listed } from "../../imaging/data/layouts/read_list.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import type { SuiteOrigin } from "../../imaging/artifacts/suites/manifest.ts";
import type { Severity } from "../../imaging/artifacts/artifact.ts";
import { Pace } from "../../learning/training/pace.ts";
import type { SuiteName } from "../../names.ts";
import { defaultOrigin, openOrigin } from "../artifact_files/origin.ts";
import { tidyFilled } from "../artifact_files/output_folder.ts";
import { writeSuite } from "../artifact_files/write_suite.ts";
import { niftiFilesIn } from "../runs/nifti_files_in.ts";
import { scorePredictions } from "../scores/score_predictions.ts";
import {
  type ChallengeAsked,
  type ChallengeFolder,
  challengeFolder,
  type ChallengeState,
  earlierState,
  saveState,
} from "./challenge_folder.ts";
import { listCases, SET_LAYOUT, type TestSets } from "./list_cases.ts";
import { type ModelRequest, openModels, type OpenModelsOptions } from "./model_requests.ts";
import type { ChallengeFailure, ChallengeModel } from "./models/challenge_model.ts";
import { isPredicted } from "./models/command_model.ts";
import {
  type ChallengeResults,
  challengeResults,
  type ScoredModel,
} from "./results/challenge_results.ts";

/** What to run over what. */
export interface ChallengeOptions extends OpenModelsOptions {
  /** The folder to write: new, empty, or that of a challenge of the same test sets, which goes on. */
  readonly output: string;
  /** The suite of corrupted test sets. */
  readonly suite: SuiteName;
  /** Models, of which the first is what the others are tested against. Earlier ones stay. */
  readonly models: readonly ModelRequest[];
  /** Where the clean volumes come from; the phantom's test subjects by default. */
  readonly origin?: SuiteOrigin;
  /** Only this severity, 1 to 5, in suites that have severities; all by default. */
  readonly severity?: Severity;
  /** Volumes of each case and set, 1 or more; the suite's own number by default. */
  readonly repeats?: number;
  /** Seed of the suite's draws; 0 by default. */
  readonly seed?: number;
  /** How predictions are scored, as `scorePredictions` has it. */
  readonly config: ResolvedConfig;
  /** 1 to 64, all cores by default; changes no byte. */
  readonly threads?: number;
  /** Hears what is under way. */
  readonly onProgress?: (progress: ChallengeProgress) => void;
  /** Is told what a person should know, a line each. */
  readonly onNotice?: (line: string) => void;
  /** Aborted, ends the work with its reason; what is done stays, and is not done again. */
  readonly stop?: AbortSignal;
}

/** How far a challenge is. */
export interface ChallengeProgress {
  /** As `making the suite`, or the model under way. */
  readonly what: string;
  /** Volumes that are done, the one under way as a fraction. */
  readonly done: number;
  /** Volumes of the suite that are to be made, or to be segmented by all models. */
  readonly total: number;
  /** `Infinity` where it cannot be told yet. */
  readonly secondsLeft: number;
}

/** What came of it. */
export interface ChallengeOutcome {
  /** The scores of all models, with intervals and tests. */
  readonly results: ChallengeResults;
  /** What went wrong and was passed over. */
  readonly failures: readonly ChallengeFailure[];
  /** The path of the page. */
  readonly page: string;
  /** The path of the table for people, in Markdown. */
  readonly table: string;
}

/**
 * Runs models over a suite and scores what they make. Test sets, predictions and scores that are there
 * already are not made again; what fails is told at the end, and the rest goes on.
 *
 * @throws {ConfigError} If the folder is of something else, or a model cannot be used as it is asked for;
 * nothing is written by then.
 * @throws {DatasetError | SuiteManifestError | ArtifactRequestError} If no test sets can be made.
 * @throws {ClaimError} If another process is at it.
 * @throws {unknown} The reason of `stop`, once it is aborted.
 */
export async function runChallenge(options: ChallengeOptions): Promise<ChallengeOutcome> {
  const { output, suite, severity = null, repeats = null, seed = 0, onNotice = () => {} } = options;
  if (options.models.length === 0) {
    throw new ConfigError("models", "Cannot run a challenge: wanted at least one model");
  }
  const threads = options.threads ?? Math.min(64, navigator.hardwareConcurrency);
  const origin = options.origin ?? await defaultOrigin();
  const asked: ChallengeAsked = { suite, severity, repeats, seed, origin };
  const folder = challengeFolder(resolve(output));
  const earlier = await earlierState(folder, asked);
  const { task } = await openOrigin(origin, SET_LAYOUT);
  const models = await openModels(options.models, task, options);
  const state = await joined(
    folder,
    earlier,
    asked,
    models,
    JSON.stringify(options.config.evaluation),
  );
  await makeFolder(folder.dir);
  const below = ["suite", ...state.models.map(({ name }) => `scores/${name}`)];
  using _claim = await claimFolder(folder.dir, { task: `write to ${output}`, onNotice, below });
  const stale = earlier !== undefined && earlier.scoring !== state.scoring;
  if (stale) { for (const { name } of state.models) await forgetScores(folder, name); }
  await saveState(folder, state);
  if (!await exists(folder.manifest)) await makeSuite(folder, options, origin, threads);
  else await tidyFilled(folder.suite);
  const sets = await listCases(folder);
  const failures = await predictAll(folder, sets, models, { ...options, threads });
  const earlierFailures: ChallengeFailure[] = [];
  const scored: ScoredModel[] = [];
  for (const { name, source } of state.models) {
    options.stop?.throwIfAborted();
    const isAsked = models.some((model) => model.name === name);
    const own = isAsked ? failures : earlierFailures;
    const evaluation = await scoreModel(folder, name, sets.cases.length, options, own);
    scored.push({ name, source, ...evaluation && { evaluation } });
  }
  // of a model that nobody asked for this time it is told, and no reason to end as failed
  for (const { model, what, message } of earlierFailures) {
    onNotice(`${model}, of an earlier call, ${what}: ${message}`);
  }
  const results = challengeResults(scored, {
    ...{ suite, seed, madeBy: sets.manifest.madeBy, sets: sets.sets },
    volumes: sets.cases.length,
  });
  // Charts and tables need packages that are loaded once there is something to show.
  const { writeResults } = await import("./results/write_results.ts");
  const { challengePage } = await import("./page/challenge_page.ts");
  await writeResults(folder, results);
  await writeAtomically(
    folder.page,
    await challengePage(results, [...failures, ...earlierFailures]),
  );
  return { results, failures, page: folder.page, table: folder.table("md") };
}

/**
 * The models that took part before, and those that come now. A name of which nothing was segmented is
 * free: whoever mends a command need not find another.
 */
async function joined(
  folder: ChallengeFolder,
  earlier: ChallengeState | undefined,
  asked: ChallengeAsked,
  models: readonly ChallengeModel[],
  scoring: string,
): Promise<ChallengeState> {
  const known = new Map(earlier?.models.map((entrant) => [entrant.name, entrant]));
  for (const { name, source, identity } of models) {
    const was = known.get(name);
    if (
      was !== undefined && was.identity !== identity &&
      await hasPredictions(folder.predictions(name))
    ) {
      throw new ConfigError(
        "models",
        `Cannot go on with ${name} (${source}): its predictions are those of another model ` +
          `(${was.source}), or of this one before it was trained or postprocessed further; give it ` +
          "another name, as NAME=…",
      );
    }
    known.set(name, { name, source, identity });
  }
  return { asked, models: [...known.values()], scoring };
}

async function hasPredictions(folder: string): Promise<boolean> {
  if (!await exists(folder)) return false;
  const { images, labels } = await niftiFilesIn(folder);
  return images.length + labels.length > 0;
}

async function makeSuite(
  folder: ChallengeFolder,
  { suite, severity, repeats, seed, onProgress, onNotice, stop }: ChallengeOptions,
  origin: SuiteOrigin,
  threads: number,
): Promise<void> {
  const pace = new Pace(0);
  await writeSuite({
    ...{ origin, output: folder.suite, suite, layout: SET_LAYOUT, clean: true, threads },
    // what a killed process made without its manifest
    overwrite: true,
    ...severity !== undefined && { severity },
    ...repeats !== undefined && { repeats },
    ...seed !== undefined && { seed },
    ...onNotice && { onNotice },
    ...stop && { stop },
    onProgress: (done, total) =>
      onProgress?.({
        ...{ what: "making the suite", done, total },
        secondsLeft: pace.secondsLeft(done, total),
      }),
  });
}

/** Runs each model on what it has not segmented yet. */
async function predictAll(
  folder: ChallengeFolder,
  { cases }: TestSets,
  models: readonly ChallengeModel[],
  options: ChallengeOptions & { readonly threads: number },
): Promise<ChallengeFailure[]> {
  const { threads, onProgress, onNotice = () => {}, stop } = options;
  const jobs = [];
  for (const model of models) {
    const place = folder.predictions(model.name), todo = [];
    for (const one of cases) if (!await isPredicted(place, one)) todo.push(one);
    jobs.push({ model, place, todo });
  }
  const total = jobs.reduce((sum, { todo }) => sum + todo.length, 0), pace = new Pace(0);
  const failures: ChallengeFailure[] = [];
  let before = 0;
  for (const { model, place, todo } of jobs) {
    if (todo.length === 0) continue;
    stop?.throwIfAborted();
    await forgetScores(folder, model.name);
    await makeFolder(place);
    await makeFolder(folder.logs(model.name));
    const failed = await model.run({
      ...{ cases: todo, folder: place, list: folder.list, logs: folder.logs(model.name), threads },
      ...{ onNotice: (line: string) => onNotice(`${model.name}: ${line}`), stop },
      onDone: (done) =>
        onProgress?.({
          ...{ what: model.name, done: before + done, total },
          secondsLeft: pace.secondsLeft(before + done, total),
        }),
    });
    for (const [message, alike] of Map.groupBy(failed, ({ message }) => message)) {
      for (const { what } of alike) failures.push({ model: model.name, what, message });
      const names = listed(alike.map(({ what }) => what), ", ");
      onNotice(`passed over ${names} of ${model.name}: ${message}`);
    }
    before += todo.length;
  }
  return failures;
}

/** Scores of other predictions, or by other rules, are none. */
async function forgetScores(folder: ChallengeFolder, model: string): Promise<void> {
  await Deno.remove(folder.scores(model), { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

/** The scores of a model, taken where they are not there; undefined where there is nothing to score. */
async function scoreModel(
  folder: ChallengeFolder,
  model: string,
  volumes: number,
  { config, onNotice = () => {} }: ChallengeOptions,
  failures: ChallengeFailure[],
): Promise<Evaluation | undefined> {
  const output = folder.scores(model), path = `${output}/evaluation.json`;
  // the table is written last
  if (await exists(path) && await exists(`${output}/cases.csv`)) {
    const evaluation = await readEvaluation(path);
    // What lacks scores is told each time.
    if (evaluation.volumes.length === volumes) return evaluation;
  }
  const known = new Set(failures.filter((one) => one.model === model).map(({ what }) => what));
  try {
    const { evaluation, failures: found } = await scorePredictions({
      ...{ predictions: folder.predictions(model), data: folder.list, layout: "folder", config },
      ...{ output, overwrite: true },
      // what could not be scored is told below, once
      onNotice: (line) => line.startsWith("passed over ") || onNotice(`${model}: ${line}`),
    });
    for (const { id, message } of found) {
      const told = ["all", id, id.split("/")[0]!].some((what) => known.has(what));
      if (!told) failures.push({ model, what: id, message });
    }
    return evaluation;
  } catch (error) {
    if (!(error instanceof DatasetError)) throw error;
    failures.push({ model, what: "scores", message: messageOf(error) });
    return undefined;
  }
}
