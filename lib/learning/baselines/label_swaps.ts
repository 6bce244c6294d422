/**
 * Swapping labels near the borders between classes, which makes contours ragged: a degradation of
 * Post-DAE (Larrazabal et al., IEEE Transactions on Medical Imaging 2020).
 */
import { RandomStream, type RandomStreamState } from "../../base/random/random_stream.ts";
import type { LabelMap } from "./label_map.ts";

/** How labels are swapped: plain JSON. */
export interface LabelSwaps {
  /** How far labels move, as a share (0-1) of the slice's longer side; at least one pixel. */
  readonly reach: number;
  /** Chance (0-1) of each pixel that has another class within reach. */
  readonly probability: number;
  /** Where pixels and partners are drawn from. */
  readonly draws: RandomStreamState;
}

/** Of 192 pixels: 1 to 3. */
const REACH = [1 / 192, 3.5 / 192] as const;
const PROBABILITY = [0.1, 0.5] as const;

/** Draws how far, 1 to 3 of 192 pixels, and how often, 0.1 to 0.5. */
export function sampleLabelSwaps(random: RandomStream): LabelSwaps {
  return {
    reach: random.uniform(...REACH),
    probability: random.uniform(...PROBABILITY),
    draws: random.stream("swaps").state(),
  };
}

/**
 * Gives pixels the label that another pixel of the window around them has. Away from borders that is
 * their own, so that only pixels within reach of another class can change. The given map stays as it
 * is.
 */
export function swapLabels(map: LabelMap, { reach, probability, draws }: LabelSwaps): LabelMap {
  const { labels: before, width, height } = map, labels = before.slice();
  const random = RandomStream.fromState(draws);
  const distance = Math.max(1, Math.floor(reach * Math.max(width, height)));
  const near = (value: number, size: number) =>
    [Math.max(0, value - distance), Math.min(size - 1, value + distance)] as const;
  const mixed = (x: number, y: number) => {
    const [left, right] = near(x, width), [top, bottom] = near(y, height);
    const own = before[x + width * y];
    for (let v = top; v <= bottom; v++) {
      for (let u = left; u <= right; u++) if (before[u + width * v] !== own) return true;
    }
    return false;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!mixed(x, y) || !random.chance(probability)) continue;
      const u = random.integer(...near(x, width)), v = random.integer(...near(y, height));
      labels[x + width * y] = before[u + width * v]!;
    }
  }
  return { ...map, labels };
}
