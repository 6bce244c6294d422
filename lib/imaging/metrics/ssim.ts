import { intensityRange } from "../../base/volume/intensity_range.ts";
import type { Volume } from "../../base/volume/volume.ts";

/** Voxels along each side of the window. */
const WINDOW = 7;

/**
 * Mean structural similarity of a volume against a clean one, slice by slice (Wang et al., IEEE TIP
 * 13 (2004) 600): a uniform window of 7 x 7 voxels, sample variances, K1 = 0.01, K2 = 0.03, range =
 * greatest minus least value of the clean volume; the same as scikit-image's default for each slice,
 * averaged over slices.
 *
 * @param image Voxels to judge.
 * @param clean The clean volume on the same grid, at least 7 voxels along i and j.
 * @returns 1 where they are equal, less otherwise, at least -1.
 * @throws {TypeError} If the shapes differ.
 * @throws {RangeError} If a slice is smaller than the window.
 */
export function ssim(
  image: Pick<Volume, "data" | "shape">,
  clean: Pick<Volume, "data" | "shape">,
): number {
  const [ni, nj, nk] = clean.shape;
  if (image.shape.join() !== clean.shape.join()) {
    throw new TypeError(
      `Cannot compute the SSIM: shapes are ${image.shape.join(" x ")} and ${ni} x ${nj} x ${nk}`,
    );
  }
  if (ni < WINDOW || nj < WINDOW) {
    throw new RangeError(
      `Cannot compute the SSIM: slices are ${ni} x ${nj} voxels, wanted ${WINDOW} or more a side`,
    );
  }
  const { min, max } = intensityRange(clean.data);
  const range = max - min || 1, c1 = (0.01 * range) ** 2, c2 = (0.03 * range) ** 2;
  let sum = 0;
  for (let k = 0; k < nk; k++) {
    const x = image.data.subarray(k * ni * nj, (k + 1) * ni * nj);
    const y = clean.data.subarray(k * ni * nj, (k + 1) * ni * nj);
    const [mx, my, xx, yy, xy] = [
      windowMeans(ni, nj, (o) => x[o]!),
      windowMeans(ni, nj, (o) => y[o]!),
      windowMeans(ni, nj, (o) => x[o]! * x[o]!),
      windowMeans(ni, nj, (o) => y[o]! * y[o]!),
      windowMeans(ni, nj, (o) => x[o]! * y[o]!),
    ];
    const sample = WINDOW ** 2 / (WINDOW ** 2 - 1);
    for (let o = 0; o < mx.length; o++) {
      const a = mx[o]!, b = my[o]!;
      const vx = sample * (xx[o]! - a * a), vy = sample * (yy[o]! - b * b);
      const cov = sample * (xy[o]! - a * b);
      sum += (2 * a * b + c1) * (2 * cov + c2) / ((a * a + b * b + c1) * (vx + vy + c2)) /
        mx.length;
    }
  }
  return sum / nk;
}

/** Means over every whole window, by sums that slide along i and then along j. */
function windowMeans(ni: number, nj: number, valueAt: (o: number) => number): Float64Array {
  const wi = ni - WINDOW + 1, wj = nj - WINDOW + 1;
  const rows = new Float64Array(wi * nj), means = new Float64Array(wi * wj);
  for (let j = 0; j < nj; j++) {
    let sum = 0;
    for (let i = 0; i < ni; i++) {
      sum += valueAt(i + ni * j) - (i < WINDOW ? 0 : valueAt(i - WINDOW + ni * j));
      if (i >= WINDOW - 1) rows[i - WINDOW + 1 + wi * j] = sum;
    }
  }
  for (let i = 0; i < wi; i++) {
    let sum = 0;
    for (let j = 0; j < nj; j++) {
      sum += rows[i + wi * j]! - (j < WINDOW ? 0 : rows[i + wi * (j - WINDOW)]!);
      if (j >= WINDOW - 1) means[i + wi * (j - WINDOW + 1)] = sum / WINDOW ** 2;
    }
  }
  return means;
}
