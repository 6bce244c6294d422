/** Scores of predictions that lie in files, wherever they were made. */
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { join, resolve } from "../../base/deps/std.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { checkOutputs } from "../../formats/files/check_outputs.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { NiftiError } from "../../formats/nifti/nifti_error.ts";
import { type Evaluation, saveEvaluation } from "../../formats/run_folder/evaluation.ts";
import { writeCasesTable } from "../../formats/scores/cases_table.ts";
import { summaryKey, writeNnunetSummary } from "../../formats/scores/nnunet_summary.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { listed } from "../../imaging/data/layouts/read_list.ts";
import { scoreSet } from "../../learning/evaluation/score_set.ts";
import {
  namedLabels,
  type ScoredLabel,
  scoredLabels,
} from "../../learning/evaluation/scored_labels.ts";
import { checkLesions } from "../runs/check_lesions.ts";
import { niftiFilesIn } from "../runs/nifti_files_in.ts";
import { type MatchedCase, matchPredictions } from "./match_predictions.ts";
import {
  findReferences,
  type ReferencePlace,
  type References,
  type ReferenceSettings,
} from "./references.ts";
import { scoreCase, type ScoredCase } from "./score_case.ts";

/** What to score, by what, and where to write. */
export interface ScorePredictionsOptions extends ReferencePlace {
  /** What label files hold, and how they are scored; all as `resolveConfig` gives it. */
  readonly config: {
    /** What label files hold. */
    readonly data: ReferenceSettings;
    /** What is measured, and what counts where a mask is empty. */
    readonly evaluation: Pick<
      ResolvedConfig["evaluation"],
      "empty" | "surfaceTolerances" | "lesions" | "distancePenalty"
    >;
  };
  /** A folder for `evaluation.json`, nnU-Net's `summary.json` and `cases.csv`; absent: none is written. */
  readonly output?: string;
  /** Replace files of these names. */
  readonly overwrite?: boolean;
  /** Is told what a person should know, a line each. */
  readonly onNotice?: (line: string) => void;
}

/** A case that could not be scored. */
export interface FailedScore {
  /** The case's name, as its label has it. */
  readonly id: string;
  /** Why, for a person. */
  readonly message: string;
}

/** Predictions that were scored. */
export interface ScoredPredictions {
  /** The scores, as `evaluation.json` has them. */
  readonly evaluation: Evaluation;
  /** Cases without a prediction, or whose files cannot be used. */
  readonly failures: readonly FailedScore[];
}

/**
 * Scores predictions by labels of the same names, in the voxels of the files. A case that cannot be
 * scored ends nothing: it is told, and the others are scored.
 *
 * @throws {OutputPathError} Before anything is scored, if a file of the output exists, or is one of the
 * input.
 * @throws {ConfigError} If settings make no task, or name lesions of a label that it does not have.
 * @throws {DatasetError | NiftiError} If there is nothing to score by, or no case can be scored.
 * @throws {WriteError} If the disk refuses.
 */
export async function scorePredictions(
  options: ScorePredictionsOptions,
): Promise<ScoredPredictions> {
  const { predictions, config, onNotice = () => {} } = options;
  const references = await findReferences(options, config.data);
  references.notices.forEach(onNotice);
  checkLesions(references.task, config.evaluation.lesions);
  const files = await niftiFilesIn(predictions).catch((cause) => {
    throw new DatasetError(`Cannot open ${predictions}: ${messageOf(cause)}`, { cause });
  });
  files.lost.forEach(onNotice);
  const own = new Set(references.cases.flatMap(({ paths }) => paths.map((path) => resolve(path))));
  const found = files.images.filter((path) => !own.has(resolve(path)));
  if (found.length === 0) {
    throw new DatasetError(
      `Cannot score ${predictions}: it holds no NIfTI file` +
        (files.images.length > 0 ? " but the labels themselves" : ""),
    );
  }
  const { matched, failures, spare } = matchPredictions(references.cases, predictions, found);
  if (spare.length > 0) onNotice(`passed over predictions without a label: ${listed(spare, ", ")}`);
  await checkFolder(options, references, found);
  const failed: FailedScore[] = [];
  const fail = (id: string, message: string) => {
    failed.push({ id, message });
    onNotice(`passed over ${id}: ${message}`);
  };
  failures.forEach(({ reference, message }) => fail(reference.id, message));
  const labels = scoredLabels(references.task);
  const scored: (ScoredCase & MatchedCase)[] = [];
  const told = new Set<string>();
  for (const one of matched) {
    try {
      const result = await scoreCase(one, { ...references, labels, measured: config.evaluation });
      for (const warning of result.warnings) if (!told.has(warning)) onNotice(warning);
      result.warnings.forEach((warning) => told.add(warning));
      scored.push({ ...one, ...result });
    } catch (error) {
      if (!(error instanceof DatasetError || error instanceof NiftiError)) throw error;
      fail(one.reference.id, error.message);
    }
  }
  if (scored.length === 0) {
    throw new DatasetError(
      `Cannot score ${predictions}: ${
        listed(failed.map(({ id, message }) => `${id}: ${message}`))
      }`,
    );
  }
  const evaluation = evaluationOf(scored, labels, options);
  if (options.output !== undefined) {
    try {
      await writeScores(options.output, evaluation, scored, references, labels);
    } catch (error) {
      onNotice(`the scores that could not be saved: ${JSON.stringify(evaluation)}`);
      throw error;
    }
  }
  return { evaluation, failures: failed };
}

/** The names of the files of scores, in their folder. */
const FILES = ["evaluation.json", "summary.json", "cases.csv"] as const;

async function checkFolder(
  { output, overwrite = false }: ScorePredictionsOptions,
  { cases }: References,
  predictions: readonly string[],
): Promise<void> {
  if (output === undefined) return;
  const inputs = [
    ...cases.flatMap(({ paths, namesakes }) => [...paths, ...namesakes]),
    ...predictions,
  ];
  await checkOutputs({ outputs: FILES.map((name) => join(output, name)), inputs, overwrite });
}

function evaluationOf(
  scored: readonly ScoredCase[],
  labels: readonly ScoredLabel[],
  { predictions, config: { evaluation }, onNotice = () => {} }: ScorePredictionsOptions,
): Evaluation {
  const sets = [...Map.groupBy(scored, ({ volume }) => volume.set)].map(([name, own]) => {
    const held = new Set(own.flatMap((one) => one.held));
    const volumes = own.map(({ volume }) => volume);
    const found = scoreSet({ kind: "given", volumes }, labels, held, evaluation);
    if (found.unlabelled.length > 0) onNotice(`${name}: ${found.notice}`);
    return [name, found] as const;
  });
  const { empty, distancePenalty } = evaluation;
  return {
    ...namedLabels(labels),
    sets: Object.fromEntries(
      sets.map(([name, { set }]) => [name, set]),
    ),
    empty,
    predictions,
    grid: "native",
    ...distancePenalty !== null && { distancePenaltyMm: distancePenalty },
    volumes: sets.flatMap(([, { volumes }]) => volumes),
  };
}

async function writeScores(
  folder: string,
  evaluation: Evaluation,
  scored: readonly (ScoredCase & MatchedCase)[],
  { task }: References,
  labels: readonly ScoredLabel[],
): Promise<void> {
  await makeFolder(folder);
  const [evaluationPath, summaryPath, casesPath] = FILES.map((name) => join(folder, name));
  const volumes = new Map(
    evaluation.volumes.map((volume) => [JSON.stringify([volume.set, volume.id]), volume]),
  );
  // nnU-Net scores regions where there are any, and no parts of them.
  const keys = new Map(
    labels.filter(({ inMean }) => inMean).map(({ name, classes }) => [
      name,
      summaryKey(classes.flatMap((index) => task.labels[index]!.codes)),
    ]),
  );
  const summary = scored.map(({ counts, prediction, reference }) => ({
    predictionFile: prediction,
    referenceFile: reference.paths[0],
    counts: Object.fromEntries([...keys].map(([name, key]) => [key, counts[name]!])),
  }));
  const counted = scored.map(({ volume, counts }) => ({
    volume: volumes.get(JSON.stringify([volume.set, volume.id]))!,
    counts,
  }));
  await saveEvaluation(evaluationPath!, evaluation);
  await writeNnunetSummary(summaryPath!, summary);
  await writeCasesTable(casesPath!, counted);
}
