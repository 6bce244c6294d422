/** Where the body is, and how bright. */
import type { Volume } from "../../../base/volume/volume.ts";
import type { ArtifactContext } from "../artifact.ts";

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
 * The brightness that a signal-to-noise ratio refers to.
 *
 * @throws {TypeError} If it is the myocardium's, and there is no label.
 * @throws {RangeError} If the label has no myocardium (class 2).
 */
export function signalLevel(
  { data }: Volume,
  reference: "body" | "myocardium",
  { label }: ArtifactContext,
  task: string,
): number {
  if (reference === "body") return bodyMean(data);
  if (!label) {
    throw new TypeError(`Cannot ${task}: reference is "myocardium", and there is no label`);
  }
  let sum = 0, count = 0;
  for (let o = 0; o < data.length; o++) {
    if (label.data[o] !== 2) continue;
    sum += data[o]!;
    count++;
  }
  if (count === 0) throw new RangeError(`Cannot ${task}: the label has no myocardium (class 2)`);
  return sum / count;
}
