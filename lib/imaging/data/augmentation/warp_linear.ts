import type { LabelledSlice } from "./slice_transform.ts";

/**
 * Moves a slice by a 2 x 2 matrix and a shift about its centre: output pixel `p` shows the input at
 * `centre + matrix (p - centre) + shift`. Image bilinear, label nearest, edge pixels replicated.
 *
 * @param matrix Four numbers by rows, output to input.
 * @param shift Pixels along x and y, in the input.
 */
export function warpLinear(
  slice: LabelledSlice,
  matrix: readonly [number, number, number, number],
  shift: readonly [number, number],
): LabelledSlice {
  const { width, height } = slice;
  const image = new Float32Array(slice.image.length);
  const label = new Uint8Array(slice.label.length);
  const [a, b, c, d] = matrix;
  const [cx, cy] = [(width - 1) / 2, (height - 1) / 2];
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      const sx = cx + a * (x - cx) + b * (y - cy) + shift[0];
      const sy = cy + c * (x - cx) + d * (y - cy) + shift[1];
      const px = sx < 0 ? 0 : sx > width - 1 ? width - 1 : sx;
      const py = sy < 0 ? 0 : sy > height - 1 ? height - 1 : sy;
      const x0 = Math.floor(px);
      const y0 = Math.floor(py);
      const [fx, fy] = [px - x0, py - y0];
      const at = x0 + width * y0;
      const right = x0 < width - 1 ? 1 : 0;
      const down = y0 < height - 1 ? width : 0;
      const top = slice.image[at]! + fx * (slice.image[at + right]! - slice.image[at]!);
      const below = slice.image[at + down]! +
        fx * (slice.image[at + down + right]! - slice.image[at + down]!);
      image[to] = top + fy * (below - top);
      label[to] = slice.label[at + (fx >= 0.5 ? right : 0) + (fy >= 0.5 ? down : 0)]!;
    }
  }
  return { image, label, width, height };
}
