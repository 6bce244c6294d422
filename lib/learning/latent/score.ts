/** Which entries of a latent code a targeted mask takes first. */
import type { RandomStream } from "../../base/random/random_stream.ts";

/** A code outside the backend, [batch, positions, channels], positions row by row. */
export interface CodeShape {
  /** Number of codes. */
  readonly batch: number;
  /** Height times width of the code. */
  readonly positions: number;
  /** Channels of a code. */
  readonly channels: number;
}

/** The axis whose entries are masked as a whole. */
export type MaskAxis = "channel" | "spatial";

/**
 * How an entry's score comes from the gradient g of the decoder's loss by the code z, averaged over
 * the other axis. `signed`: g, as the authors' code does; `absolute`: |mean of g|; `negative`: -g;
 * `gradient-x-code`: -g z, to first order what removing the entry adds to the loss; `random`: a
 * draw.
 */
export type ScoreName = "signed" | "absolute" | "negative" | "gradient-x-code" | "random";

/**
 * The scores [batch, entries]: entries are channels or positions.
 *
 * @param gradient [batch, positions, channels]
 * @param code The code itself, of the same shape.
 * @param random Used by `random` alone.
 */
export function scoreEntries(
  gradient: Float32Array,
  code: Float32Array,
  shape: CodeShape,
  axis: MaskAxis,
  name: ScoreName,
  random: RandomStream,
): Float64Array {
  const { batch, positions, channels } = shape;
  const entries = axis === "channel" ? channels : positions;
  const scores = new Float64Array(batch * entries);
  if (name === "random") return scores.map(() => random.uniform());
  for (let b = 0, at = 0; b < batch; b++) {
    for (let p = 0; p < positions; p++) {
      for (let c = 0; c < channels; c++, at++) {
        const value = name === "gradient-x-code" ? gradient[at]! * code[at]! : gradient[at]!;
        scores[b * entries + (axis === "channel" ? c : p)]! += value;
      }
    }
  }
  const count = axis === "channel" ? positions : channels;
  const sign = name === "negative" || name === "gradient-x-code" ? -1 : 1;
  return scores.map((score) => {
    const mean = sign * score / count;
    return name === "absolute" ? Math.abs(mean) : mean;
  });
}
