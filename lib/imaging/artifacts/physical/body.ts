/** Where the body is, and how bright. */
import type { Volume } from "../../../base/volume/volume.ts";
import type { ArtifactContext } from "../artifact.ts";
import { classesOfRole } from "../needs.ts";

/**
 * Otsu's threshold between air and body, from a histogram of 256 bins (Otsu, IEEE Trans Syst Man
 * Cybern 9 (1979) 62). For a constant volume it is that constant.
 */
export function otsuThreshold(data: Float32Array): number {
  let low = Infinity, high = -Infinity;
  for (const value of data) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (high <= low) return low;
  const bins = new Float64Array(256), scale = 255 / (high - low);
  for (const value of data) bins[Math.round((value - low) * scale)]!++;
  const total = bins.reduce((sum, count, b) => sum + count * b, 0);
  let best = -1, threshold = 0, count = 0, sum = 0;
  for (let b = 0; b < 255; b++) {
    count += bins[b]!;
    sum += bins[b]! * b;
    const rest = data.length - count;
    if (count === 0 || rest === 0) continue;
    const between = count * rest * (sum / count - (total - sum) / rest) ** 2;
    if (between > best) [best, threshold] = [between, b];
  }
  return low + (threshold + 0.5) / scale;
}

/** The mean brightness of the body: voxels at Otsu's threshold or above. 0 for an empty volume. */
export function bodyMean(data: Float32Array): number {
  const threshold = otsuThreshold(data);
  let sum = 0, count = 0;
  for (const value of data) {
    if (value < threshold) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/**
 * The brightness that a signal-to-noise ratio refers to: the body's, or that of a role among the
 * labels. A lone slice, as in training, that shows none of the role has the body's.
 *
 * @param reference `body`, a role or the name of a label.
 * @throws {RangeError} If the label map of several slices shows none of it.
 */
export function signalLevel(
  { data, shape }: Volume,
  reference: string,
  { label, labels = [] }: ArtifactContext,
  task: string,
): number {
  if (reference === "body") return bodyMean(data);
  const classes = classesOfRole(labels, reference);
  let sum = 0, count = 0;
  for (let o = 0; o < data.length; o++) {
    if (!classes.includes(label!.data[o]!)) continue;
    sum += data[o]!;
    count++;
  }
  if (count === 0 && shape[2] === 1) return bodyMean(data);
  if (count === 0) {
    throw new RangeError(
      `Cannot ${task}: the label map shows no ${reference} (class ${classes.join(", ")})`,
    );
  }
  return sum / count;
}
