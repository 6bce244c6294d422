/** What sampling needs of a random source. */
import type { RandomStream } from "../../base/random/random_stream.ts";

/** A source of draws: a {@linkcode RandomStream}, or a generator that replays another library. */
export type Draws = Pick<RandomStream, "uniform" | "integer" | "normal">;

/** A 31-bit seed for values too many to be kept among the parameters, such as noise. */
export function drawSeed(draws: Draws): number {
  return draws.integer(0, 2 ** 31 - 1);
}
