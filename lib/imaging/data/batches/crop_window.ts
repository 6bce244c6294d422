import { IGNORED } from "../../../base/task/task.ts";
import type { RandomStream } from "../../../base/random/random_stream.ts";
import type { SliceSize } from "../../../base/volume/slice_size.ts";

/**
 * Where a random window of a slice begins, `[x, y]`: in half of all draws around a random foreground
 * pixel, else anywhere, and never beyond the slice where the slice is the larger (nnU-Net's
 * oversampling of foreground, in two dimensions).
 *
 * @param label The slice's classes, `width` running fastest.
 * @param size Of the window; along an axis where it is the larger, the slice lies in its middle.
 */
export function cropWindow(
  label: Uint8Array,
  { height, width }: SliceSize,
  size: SliceSize,
  rng: RandomStream,
): [number, number] {
  const aroundForeground = rng.chance(0.5);
  const pixels = aroundForeground ? foregroundOf(label) : [];
  const place = (whole: number, part: number, centre: number | undefined) => {
    if (whole <= part) return -Math.floor((part - whole) / 2);
    if (centre === undefined) return rng.integer(0, whole - part);
    return Math.min(whole - part, Math.max(0, centre - (part >> 1)));
  };
  const pixel = pixels.length === 0 ? undefined : rng.choice(pixels);
  return [
    place(width, size.width, pixel === undefined ? undefined : pixel % width),
    place(height, size.height, pixel === undefined ? undefined : Math.floor(pixel / width)),
  ];
}

function foregroundOf(label: Uint8Array): number[] {
  const pixels: number[] = [];
  label.forEach((value, n) => {
    if (value !== 0 && value !== IGNORED) pixels.push(n);
  });
  return pixels;
}
