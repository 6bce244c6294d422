import { IGNORED } from "../../../base/task/task.ts";

/** The slices, from 0, that show anything but background and what nobody labelled. */
export function foregroundSlices(labels: Uint8Array, slices: number): number[] {
  const pixels = labels.length / slices;
  return Array.from({ length: slices }, (_, slice) => slice).filter((slice) =>
    labels.subarray(slice * pixels, (slice + 1) * pixels)
      .some((label) => label !== 0 && label !== IGNORED)
  );
}
