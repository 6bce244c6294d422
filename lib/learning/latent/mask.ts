/** Multipliers for the entries of a latent code (Chen et al., section 2.2). */
import type { RandomStream } from "../../base/random/random_stream.ts";

/** The largest multiplier of a softly masked entry: the annealing factor's range is (0, 0.5). */
const SOFT_LIMIT = 0.5;

/** What a code was multiplied by. */
export interface CodeMask {
  /** How its entries were chosen. */
  readonly scheme: "dropout" | "channel" | "spatial";
  /** One multiplier a channel or position of each sample, 0 or more. */
  readonly values: Float32Array;
  /** Theirs: [batch, 1, 1, channels], or [batch, height, width, 1] where positions are masked. */
  readonly shape: readonly [number, number, number, number];
}

/**
 * A targeted mask, [batch, entries]: in each sample the k = floor(entries * share) entries of the
 * highest score get 0, or with `soft` each a draw of its own from [0, 0.5); all others 1. Where
 * scores tie at the threshold, fewer than k are masked (strictly greater than the (k + 1)-th).
 *
 * @param share 0 to below 1.
 * @throws {RangeError} If the share is out of range.
 */
export function targetedMask(
  scores: Float64Array,
  batch: number,
  share: number,
  soft: boolean,
  random: RandomStream,
): Float32Array {
  if (!(share >= 0 && share < 1)) {
    throw new RangeError(`Cannot mask: share is ${share}, wanted 0 to below 1`);
  }
  const entries = scores.length / batch;
  const count = Math.floor(entries * share);
  const mask = new Float32Array(scores.length).fill(1);
  for (let b = 0; b < batch; b++) {
    const sample = scores.subarray(b * entries, (b + 1) * entries);
    const threshold = sample.toSorted()[entries - 1 - count]!;
    for (let i = 0; i < entries; i++) {
      if (sample[i]! > threshold) {
        mask[b * entries + i] = soft ? random.uniform(0, SOFT_LIMIT) : 0;
      }
    }
  }
  return mask;
}

/**
 * Channel dropout, [batch, channels]: each entry 0 with this probability, else 1 / (1 - p), so that
 * the mean stays.
 *
 * @param probability 0 to below 1.
 * @throws {RangeError} If the probability is out of range.
 */
export function dropoutMask(
  batch: number,
  channels: number,
  probability: number,
  random: RandomStream,
): Float32Array {
  if (!(probability >= 0 && probability < 1)) {
    throw new RangeError(`Cannot drop out: probability is ${probability}, wanted 0 to below 1`);
  }
  const kept = 1 / (1 - probability);
  return Float32Array.from(
    { length: batch * channels },
    () => random.chance(probability) ? 0 : kept,
  );
}
