import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import type { BatchSampler } from "../../imaging/data/batches/batch_sampler.ts";
import type { CaseOutline, CaseSource } from "../../imaging/data/cases/case_source.ts";
import type { CasePreparation } from "../../imaging/data/preparation/case_preparation.ts";
import type { PreparedCase } from "../../imaging/data/preparation/prepare_case.ts";
import { runBatches } from "../../imaging/data/batches/run_batches.ts";
import type { RunCases } from "../../imaging/data/cases/run_cases.ts";
import type { RunStart } from "./sitting.ts";
import type { BatchSource } from "../../learning/training/train.ts";

/** The cases that a run trains with, in the making. */
export interface PreparedRun {
  /**
   * Waits for what has to be there before the first step: the cases of its batch, or all of them
   * where they lie in files, whose voxels may be wrong in ways that no header tells.
   */
  firstReady(): Promise<void>;
  /** Each batch waits for the cases that it shows. */
  readonly batches: BatchSource;
  /** Waits for the validation cases. */
  validationReady(): Promise<void>;
  /** The validation cases, once they are ready. */
  validation(): PreparedCase[];
}

/**
 * Checks all cases of a run as far as that goes without their voxels, and begins to prepare those
 * that train and validate, in the order in which the run wants them.
 *
 * @param onNotice Is told what is odd about a file that trains or validates, and what is prepared, a
 * line each.
 * @throws {DatasetError | NiftiError} If the header of a file, or its length, is to blame.
 * @throws {ConfigError} If `data.artifacts` cannot be used.
 */
export async function beginPreparation(
  preparation: CasePreparation,
  { train, validation, test }: RunCases,
  config: ResolvedConfig,
  { rng, checkpoint }: RunStart,
  onNotice: (line: string) => void = () => {},
): Promise<PreparedRun> {
  const outlines = new Map<CaseSource, CaseOutline>();
  for (const source of [...train, ...validation]) {
    const outline = await source.outline();
    outline.warnings.forEach(onNotice);
    outlines.set(source, outline);
  }
  // What is odd about these is told when they are evaluated, but what is damaged now.
  for (const source of [...test.values()].flat()) await source.outline();
  const pending = train.map((source) =>
    preparation.pending(source.id, outlines.get(source)!.slices)
  );
  const sampler = runBatches(pending, config, rng);
  const order = wantedOrder(sampler, train, checkpoint?.state.position);
  const inFiles = config.data.dir !== null;
  const first = inFiles ? [...order.first, ...order.others, ...validation] : order.first;
  // Not begun before the first step is done, since the worker would take a core from it.
  let later = inFiles ? [] : [...order.others, ...validation];
  onNotice(
    `preparing ${first.length} cases for the first step` +
      (later.length > 0 ? `, and ${later.length} while training` : ""),
  );
  preparation.begin(first);
  const beginOthers = () => {
    if (later.length > 0) preparation.begin(later);
    later = [];
  };
  let steps = 0;
  const validationIds = validation.map(({ id }) => id);
  return {
    firstReady: () => preparation.ready(first.map(({ id }) => id)),
    batches: {
      batchesPerEpoch: sampler.batchesPerEpoch,
      async batchAt(epoch, index) {
        if (steps++ === 1) beginOthers();
        await preparation.ready(sampler.casesOf(epoch, index));
        return sampler.batchAt(epoch, index);
      },
    },
    async validationReady() {
      beginOthers();
      await preparation.ready(validationIds);
    },
    validation: () => validationIds.map((id) => preparation.prepared(id)),
  };
}

/** The training cases of the batch that comes first, and the others as later batches show them. */
function wantedOrder(
  sampler: BatchSampler,
  train: readonly CaseSource[],
  { epoch, index }: { readonly epoch: number; readonly index: number } = { epoch: 0, index: 0 },
): { first: CaseSource[]; others: CaseSource[] } {
  const sources = new Map(train.map((source) => [source.id, source]));
  const take = (ids: readonly string[]) =>
    ids.flatMap((id) => {
      const source = sources.get(id);
      sources.delete(id);
      return source ?? [];
    });
  const indices = Array.from({ length: sampler.batchesPerEpoch }, (_, n) => n).slice(index);
  const [first = [], ...later] = indices.map((n) => take(sampler.casesOf(epoch, n)));
  // A run that goes on in the middle of an epoch wants what is left over in the next one.
  return { first, others: [...later.flat(), ...sources.values()] };
}
