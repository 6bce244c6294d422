import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import type { BatchSampler } from "../../imaging/data/batches/batch_sampler.ts";
import type { CaseOutline, CaseSource } from "../../imaging/data/cases/case_source.ts";
import { sliceAxisOf } from "../../base/volume/slice_axis.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import type { CaseContent } from "../../imaging/data/preparation/case_content.ts";
import type { CasePreparation } from "../../imaging/data/preparation/case_preparation.ts";
import type { PreparedCache } from "../../imaging/data/cases/prepared_cache.ts";
import type { PreparedCase } from "../../imaging/data/preparation/prepare_case.ts";
import { runBatches } from "../../imaging/data/batches/run_batches.ts";
import type { RunCases } from "../../imaging/data/cases/run_cases.ts";
import type { RunStart } from "./sitting.ts";
import type { BatchSource } from "../../learning/training/train.ts";

/** The cases that a run trains with, in the making. */
export interface PreparedRun {
  /**
   * Waits for what has to be there before the first step: the cases of its batch and, where they lie in
   * files, whose voxels may be wrong in ways that no header tells, all that were never prepared.
   */
  firstReady(): Promise<void>;
  /** Each batch waits for the cases that it shows. */
  readonly batches: BatchSource;
  /** Waits until the validation cases are prepared, although not all of them may be at hand. */
  validationReady(): Promise<void>;
  /** The validation cases, one at a time. */
  validation(): AsyncIterable<PreparedCase>;
  /** Some of the cases that train or validate, all at once. */
  some(ids: readonly string[]): Promise<PreparedCase[]>;
  /** What the voxels of a case are, where it is prepared. */
  contentOf(id: string): CaseContent | undefined;
}

/**
 * Checks all cases of a run as far as that goes without their voxels, and begins to prepare those
 * that train and validate, in the order in which the run wants them. Of cases that the cache knows the
 * files are not opened for that.
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
  data: RunData,
  { rng, checkpoint }: RunStart,
  onNotice: (line: string) => void = () => {},
  cache?: PreparedCache,
): Promise<PreparedRun> {
  const outlines = new Map<CaseSource, CaseOutline>(), known = new Map<string, string>();
  const own = [...train, ...validation];
  // What is odd about test cases is told when they are evaluated, but what is damaged now.
  const all = [...new Set([...own, ...[...test.values()].flat()])];
  await forEach(all, async (source) => {
    const prepared = await cache?.known(source, data.preparation);
    if (prepared !== undefined) known.set(source.id, prepared.entry);
    outlines.set(source, prepared?.outline ?? await source.outline());
  });
  for (const source of own) outlines.get(source)!.warnings.forEach(onNotice);
  const pending = train.map((source) =>
    preparation.pending(source.id, slicesOf(outlines.get(source)!, data.preparation))
  );
  const sampler = runBatches(pending, config, data, rng, onNotice);
  const order = wantedOrder(sampler, train, checkpoint?.state.position);
  const inFiles = config.data.dir !== null;
  const others = [...order.others, ...validation];
  const unknown = inFiles ? others.filter(({ id }) => !known.has(id)) : [];
  const first = [...order.first, ...unknown];
  // Not begun before the first step is done, since the worker would take a core from it.
  const waiting = new Set(unknown);
  let later = others.filter((source) => !waiting.has(source));
  const anew = first.filter(({ id }) => !known.has(id)).length;
  onNotice(
    `preparing ${anew} cases for the first step` +
      (known.size > 0
        ? `; ${own.filter(({ id }) => known.has(id)).length} are in the cache`
        : later.length > 0
        ? `, and ${later.length} while training`
        : ""),
  );
  preparation.begin(first);
  const beginOthers = () => {
    if (later.length > 0) preparation.begin(later, false);
    later = [];
  };
  let steps = 0;
  const some = (ids: readonly string[]) => {
    beginOthers();
    return preparation.using(ids, () => ids.map((id) => preparation.prepared(id)));
  };
  return {
    async firstReady() {
      await preparation.checked(first.map(({ id }) => id));
      await preparation.ready(order.first.map(({ id }) => id));
    },
    batches: {
      batchesPerEpoch: sampler.batchesPerEpoch,
      async batchAt(epoch, index) {
        if (steps++ === 1) beginOthers();
        const ids = sampler.casesOf(epoch, index);
        return await preparation.using(ids, () => sampler.batchAt(epoch, index));
      },
    },
    async validationReady() {
      beginOthers();
      await preparation.checked(validation.map(({ id }) => id));
    },
    async *validation() {
      for (const { id } of validation) yield (await some([id]))[0]!;
    },
    some,
    contentOf(id) {
      const found = preparation.content(id), entry = known.get(id);
      if (found !== undefined || entry === undefined) return found;
      return cache!.open(entry, own.find((source) => source.id === id)!)?.content;
    },
  };
}

/** Files that are opened at once. */
const AT_ONCE = 16;

/** Does something for each, some at once; of several faults the first one's is thrown. */
async function forEach<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < all.length; start += AT_ONCE) {
    const results = await Promise.allSettled(all.slice(start, start + AT_ONCE).map(act));
    for (const result of results) if (result.status === "rejected") throw result.reason;
  }
}

/** Number of slices of a case, along the axis that preparation takes. */
function slicesOf(
  { shape, affine }: CaseOutline,
  { sliceAxis, sliceDirection }: RunData["preparation"],
): number {
  return shape[sliceAxisOf(affine, sliceAxis, sliceDirection)];
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
