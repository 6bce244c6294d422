import type { Mutator } from "../mutator.ts";
import { joinBytes } from "./join_bytes.ts";

/** Repeats a part, here or elsewhere. */
export const duplicateSpan: Mutator = {
  name: "duplicate",
  of: "bytes",
  mutate(input, { draws }) {
    const from = draws.integer(0, input.length), to = draws.integer(from, input.length);
    const at = draws.chance(0.5) ? to : draws.integer(0, input.length);
    return joinBytes(input.subarray(0, at), input.subarray(from, to), input.subarray(at));
  },
};
