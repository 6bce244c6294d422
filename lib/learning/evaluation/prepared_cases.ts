import type { CaseSource } from "../../imaging/data/cases/case_source.ts";
import type { PreparedCache } from "../../imaging/data/cases/prepared_cache.ts";
import {
  type Preparation,
  prepareCase,
  type PreparedCase,
} from "../../imaging/data/preparation/prepare_case.ts";
import { prepareThroughCache } from "../../imaging/data/preparation/provide_case.ts";
import type { EvaluableCase } from "./segment_case.ts";

/**
 * Prepares a case of a test set; cases of two sets may have one name, as a volume and the same with
 * an artifact.
 *
 * @throws {DatasetError | NiftiError} As the case's `load`.
 */
export type PrepareForSet = (
  source: CaseSource,
  set: string,
  preparation: Preparation,
) => Promise<EvaluableCase>;

/** Prepares a case each time that it is wanted. */
export const prepareAnew: PrepareForSet = (source, _set, how) => prepareCase(source, how);

/** Finds cases in a cache on disk where files alone decide what they are; it prepares and keeps the others. */
export function prepareThrough(cache: PreparedCache | undefined): PrepareForSet {
  return (source, _set, how) => prepareThroughCache(source, how, cache);
}

/**
 * Bytes that are kept at most by default. A case of ten slices of 192 x 192 takes 1.8 MB, and as many
 * bytes more as its own grid has voxels.
 */
const MOST_BYTES = 1e9;

/**
 * Prepared cases that runs on the same data sets share, since making artifacts and resampling take
 * longer than segmenting. Once it is full, further cases are prepared anew: runs want the same cases in
 * the same order, of which one that lets go of the oldest would find none again.
 *
 * @example
 * ```ts
 * import { PreparedCases } from "./prepared_cases.ts";
 * import { square } from "../../base/volume/slice_size.ts";
 * import { preparationSchema } from "../../imaging/data/preparation/prepare_case.ts";
 * import { phantomCases } from "../../imaging/data/cases/phantom_cases.ts";
 *
 * const [source] = phantomCases("A", 1, 0), kept = new PreparedCases();
 * const grid = { ...preparationSchema.parse({}), size: square(32), spacing: 6 };
 * const first = await kept.prepare(source!, "site A", grid);
 * if (await kept.prepare(source!, "site A", grid) !== first) throw new Error("prepared twice");
 * ```
 */
export class PreparedCases {
  readonly #kept = new Map<string, Promise<EvaluableCase>>();
  readonly #mostBytes: number;
  #bytes = 0;

  /**
   * Keeps nothing at first.
   *
   * @param mostBytes Bytes that are kept, 0 or more; 10^9 by default.
   * @throws {RangeError} If it is no such number.
   */
  constructor(mostBytes = MOST_BYTES) {
    if (!(mostBytes >= 0)) {
      throw new RangeError(`Cannot keep prepared cases: ${mostBytes} bytes, wanted 0 or more`);
    }
    this.#mostBytes = mostBytes;
  }

  /**
   * The case, prepared or as it was prepared before; sets of one name must hold the same volumes.
   *
   * @param anew Prepares it; anew by default.
   */
  readonly prepare = (
    source: CaseSource,
    set: string,
    preparation: Preparation,
    anew: PrepareForSet = prepareAnew,
  ): Promise<EvaluableCase> => {
    const key = JSON.stringify([set, source.id, preparation]);
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const prepared = this.#prepare(key, () => anew(source, set, preparation));
    this.#kept.set(key, prepared);
    return prepared;
  };

  /** Prepares a case, and forgets it again where there is no room for it, or it failed. */
  async #prepare(key: string, prepare: () => Promise<EvaluableCase>): Promise<EvaluableCase> {
    try {
      const { field: _, ...rest }: EvaluableCase & Partial<PreparedCase> = await prepare();
      const bytes = bytesOf(rest);
      if (this.#bytes + bytes <= this.#mostBytes) this.#bytes += bytes;
      else this.#kept.delete(key);
      return rest;
    } catch (error) {
      this.#kept.delete(key);
      throw error;
    }
  }
}

function bytesOf({ images, labels, reference }: EvaluableCase): number {
  return images.byteLength + (labels?.byteLength ?? 0) +
    (reference.label?.data.byteLength ?? 0);
}
