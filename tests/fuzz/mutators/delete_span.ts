import type { Mutator } from "../mutator.ts";
import { joinBytes } from "./join_bytes.ts";

/** Takes a part out. */
export const deleteSpan: Mutator = {
  name: "delete",
  of: "bytes",
  mutate(input, { draws }) {
    const from = draws.integer(0, input.length);
    const to = Math.min(input.length, from + draws.choice([1, 2, 4, 16, 64, 1024]));
    return joinBytes(input.subarray(0, from), input.subarray(to));
  },
};
