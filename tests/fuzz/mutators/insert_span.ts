import type { Mutator } from "../mutator.ts";
import { joinBytes } from "./join_bytes.ts";

/** Inserts random bytes, or one byte many times. */
export const insertSpan: Mutator = {
  name: "insert",
  of: "bytes",
  mutate(input, { draws }) {
    const at = draws.integer(0, input.length), length = draws.choice([1, 2, 4, 16, 256, 4096]);
    const span = draws.chance(0.5)
      ? new Uint8Array(length).fill(draws.integer(0, 255))
      : Uint8Array.from({ length }, () => draws.integer(0, 255));
    return joinBytes(input.subarray(0, at), span, input.subarray(at));
  },
};
