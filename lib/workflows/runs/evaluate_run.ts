import type { EmptyRule, Evaluation } from "../../formats/run_folder/evaluation.ts";
import { realPlace } from "../../formats/files/real_place.ts";
import type { LayoutName } from "../../names.ts";
import { openThroughTask } from "../../imaging/data/cases/open_through_task.ts";
import { byDomain } from "../../imaging/data/cases/run_cases.ts";
import { artifactSets } from "../../learning/evaluation/artifact_sets.ts";
import { evaluateSets, type TestSet } from "../../learning/evaluation/evaluate.ts";
import { prepareThrough } from "../../learning/evaluation/prepared_cases.ts";
import { checkLesions } from "./check_lesions.ts";
import { openCache } from "./open_cache.ts";
import { knownSubjects } from "./known_subjects.ts";
import { loadRun, type LoadRunOptions } from "./load_run.ts";

/** A data set to evaluate a run on. */
export interface EvaluateRunOptions extends LoadRunOptions {
  /** The folder of the data set. */
  readonly data: string;
  /** How it lies there; `auto`, the default, recognises it. */
  readonly layout?: LayoutName | "auto";
  /** Whether artifact sets are made of it too; as the run's configuration says by default. */
  readonly artifacts?: boolean;
  /** mm for the distances of a missed class, in the means; as the configuration says by default. */
  readonly distancePenalty?: number;
  /** What a class in neither mask counts; as the configuration says by default. */
  readonly empty?: EmptyRule;
  /** Tolerances of the surface Dice in mm; as the configuration says by default. */
  readonly surfaceTolerances?: readonly number[];
  /** Labels whose lesions are counted; as the configuration says by default. */
  readonly lesions?: readonly string[];
  /** Where prepared cases are kept, as `data.cache`; as the run's configuration says by default. */
  readonly cache?: string | null;
}

/**
 * Evaluates a run on all cases of a data set, a set a domain, and on the artifact sets made of them
 * where `artifacts` or else the run's `evaluation.artifacts` says so.
 *
 * @throws {ConfigError} If lesions of a label are to be counted that the run does not know.
 * @throws {DatasetError | NiftiError} If the data set cannot be used.
 * @throws {RunFolderError | CheckpointError | SafetensorsError} As {@linkcode loadRun}.
 */
export async function evaluateRun(dir: string, options: EvaluateRunOptions): Promise<Evaluation> {
  const { config, data, segmenter } = await loadRun(dir, options);
  try {
    checkLesions(data.task, options.lesions ?? config.evaluation.lesions);
    const { layout = "auto", onNotice } = options;
    const { cases, task, notices } = await openThroughTask(options.data, layout, data.task);
    notices.forEach((notice) => onNotice?.(notice));
    const own = config.data.dir !== null &&
      await realPlace(config.data.dir) === await realPlace(options.data);
    const kind = own ? "intra" : "cross";
    const sets = new Map<string, TestSet>();
    for (const [domain, sources] of byDomain(cases)) {
      sets.set(domain, { kind, cases: sources, task, own });
    }
    const corrupted = options.artifacts ?? config.evaluation.artifacts
      ? artifactSets(cases, task.labels)
      : [];
    for (const [name, made] of corrupted) sets.set(name, { kind: "corrupted", cases: made, task });
    const { distancePenalty, empty, surfaceTolerances, lesions } = {
      ...config.evaluation,
      ...options,
    };
    const measured = { distancePenalty, empty, surfaceTolerances, lesions };
    const scoring = { data, evaluation: { ...config.evaluation, ...measured } };
    const known = await knownSubjects(dir, onNotice);
    const place = options.cache === undefined ? config.data.cache : options.cache;
    const cache = await openCache({ dir: options.data, cache: place }, onNotice);
    const how = { known, onNotice, prepare: prepareThrough(cache) };
    return await evaluateSets(segmenter, sets, scoring, how);
  } finally {
    segmenter.dispose();
  }
}
