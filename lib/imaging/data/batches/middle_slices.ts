import type { PreparedCase } from "../preparation/prepare_case.ts";
import type { Batch } from "./batch.ts";

/** The slice of a stack that is shown for it, from 0. */
export function middleOf({ slices }: Pick<PreparedCase, "slices">): number {
  return Math.floor(slices / 2);
}

/**
 * The middle slices of cases of one size, with their labels, as a batch.
 *
 * @param cases At least one, with labels.
 */
export function middleSlices(cases: readonly PreparedCase[]): Batch {
  const { size } = cases[0]!, pixels = size * size;
  const images = new Float32Array(cases.length * pixels);
  const labels = new Uint8Array(cases.length * pixels);
  cases.forEach((stack, n) => {
    const from = middleOf(stack) * pixels;
    images.set(stack.images.subarray(from, from + pixels), n * pixels);
    labels.set(stack.labels!.subarray(from, from + pixels), n * pixels);
  });
  const ids = cases.map((stack) => `${stack.id}#${middleOf(stack)}`);
  return { images, labels, size, batch: cases.length, ids };
}
