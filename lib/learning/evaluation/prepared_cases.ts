import type { CaseSource } from "../../imaging/data/cases/case_source.ts";
import { type Preparation, prepareCase } from "../../imaging/data/preparation/prepare_case.ts";
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

/**
 * Cases that are kept at most by default. One of ten slices of 192 x 192 takes 1.8 MB, and as many bytes
 * more as its own grid has voxels.
 */
const MOST_KEPT = 600;

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
  readonly #mostKept: number;

  /**
   * @param mostKept Cases that are kept, 0 or more.
   * @throws {RangeError} If it is no such number.
   */
  constructor(mostKept = MOST_KEPT) {
    if (!(mostKept >= 0)) {
      throw new RangeError(`Cannot keep prepared cases: ${mostKept} of them, wanted 0 or more`);
    }
    this.#mostKept = mostKept;
  }

  /** The case, prepared or as it was prepared before; sets of one name must hold the same volumes. */
  readonly prepare: PrepareForSet = (source, set, preparation) => {
    const key = JSON.stringify([set, source.id, preparation]);
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const prepared = prepareCase(source, preparation).then(({ field: _, ...rest }) => rest);
    if (this.#kept.size < this.#mostKept) {
      this.#kept.set(key, prepared);
      // One that failed is tried again; whoever asked for it is told.
      prepared.catch(() => this.#kept.delete(key));
    }
    return prepared;
  };
}
