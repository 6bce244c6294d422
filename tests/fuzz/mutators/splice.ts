import type { Mutator } from "../mutator.ts";
import { joinBytes } from "./join_bytes.ts";

/** The beginning of the input and the end of another valid one. */
export const splice: Mutator = {
  name: "splice",
  of: "bytes",
  mutate(input, { draws, seeds }) {
    const other = draws.choice(seeds), at = draws.integer(0, input.length);
    // Mostly at the same place, so that fields stay where they are.
    const from = draws.chance(0.6) ? Math.min(at, other.length) : draws.integer(0, other.length);
    return joinBytes(input.subarray(0, at), other.subarray(from));
  },
};
