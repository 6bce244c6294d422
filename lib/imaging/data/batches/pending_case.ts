import { sizeText, type SliceSize } from "../../../base/volume/slice_size.ts";
import type { PreparedCase } from "../preparation/prepare_case.ts";
import { type SlicedCase, slicedCase } from "../preparation/sliced_case.ts";

/** A case that is prepared by the time a batch shows it. */
export interface PendingCase extends SliceSize {
  /** The case's own, unique among those of the sampler. */
  readonly id: string;
  /** Number of its slices. */
  readonly slices: number;
  /**
   * The case, with the same id, number of slices and, where none is cropped, size; asked for whenever
   * a batch shows it, and not kept.
   */
  prepared(): SlicedCase;
}

/**
 * Refuses no cases at all, two of one id and, unless slices are cropped, of several sizes.
 *
 * @throws {RangeError} If there is no case.
 * @throws {TypeError} If one has another size than the first, or an id that was there.
 */
export function checkCases(cases: readonly (PreparedCase | PendingCase)[], oneSize: boolean): void {
  if (cases.length === 0) throw new RangeError("Cannot make batches: there is no case");
  const ids = new Set<string>(), wanted = sizeText(cases[0]!);
  for (const source of cases) {
    if (oneSize && sizeText(source) !== wanted) {
      throw new TypeError(
        `Cannot make batches: case ${source.id} has size ${
          sizeText(source)
        }, wanted ${wanted} as ` +
          "the first",
      );
    }
    if (ids.has(source.id)) {
      throw new TypeError(`Cannot make batches: case ${source.id} is there twice`);
    }
    ids.add(source.id);
  }
}

/** A case as one that is prepared by the time a batch shows it, which it is. */
export function asPending(source: PreparedCase | PendingCase): PendingCase {
  if ("prepared" in source) return source;
  const { id, slices, height, width } = source, sliced = slicedCase(source);
  checkLabel(sliced);
  return { id, slices, height, width, prepared: () => sliced };
}

/**
 * What a case is by the time that a batch shows it.
 *
 * @throws {TypeError} If it has no label, or other slices than at the start.
 */
export function labelled(source: PendingCase): SlicedCase {
  const prepared = source.prepared();
  checkLabel(prepared);
  if (prepared.slices === source.slices) return prepared;
  throw new TypeError(
    `Cannot make batches: case ${source.id} has ${prepared.slices} slices, wanted ${source.slices} ` +
      "as at the start: were its files changed?",
  );
}

function checkLabel({ id, labelled }: SlicedCase): void {
  if (!labelled) throw new TypeError(`Cannot make batches: case ${id} has no label`);
}
