import { resolve } from "../../base/deps/std.ts";
import type { Evaluation } from "../../formats/run_folder/evaluation.ts";
import type { LayoutName } from "../../names.ts";
import { openDataset } from "../../imaging/data/cases/open_dataset.ts";
import { byDomain } from "../../imaging/data/cases/run_cases.ts";
import { artifactSets } from "../../learning/evaluation/artifact_sets.ts";
import { evaluateSets, type TestSet } from "../../learning/evaluation/evaluate.ts";
import { loadRun, type LoadRunOptions } from "./load_run.ts";

/** A data set to evaluate a run on. */
export interface EvaluateRunOptions extends LoadRunOptions {
  /** The folder of the data set. */
  readonly data: string;
  readonly layout: LayoutName;
  /** Whether artifact sets are made of it too; as the run's configuration says by default. */
  readonly artifacts?: boolean;
}

/**
 * Evaluates a run on all cases of a data set, a set a domain, and on the artifact sets made of them
 * where `artifacts` or else the run's `evaluation.artifacts` says so.
 *
 * @throws {DatasetError | NiftiError} If the data set cannot be used.
 * @throws {RunFolderError | CheckpointError | SafetensorsError} As {@linkcode loadRun}.
 */
export async function evaluateRun(dir: string, options: EvaluateRunOptions): Promise<Evaluation> {
  const { cases } = await openDataset(options.data, options.layout);
  const { config, segmenter } = await loadRun(dir, options);
  try {
    const kind = config.data.dir === resolve(options.data) ? "intra" : "cross";
    const sets = new Map<string, TestSet>();
    for (const [domain, own] of byDomain(cases)) sets.set(domain, { kind, cases: own });
    const corrupted = options.artifacts ?? config.evaluation.artifacts ? artifactSets(cases) : [];
    for (const [name, own] of corrupted) sets.set(name, { kind: "corrupted", cases: own });
    return await evaluateSets(segmenter, sets, config, { onNotice: options.onNotice });
  } finally {
    segmenter.dispose();
  }
}
