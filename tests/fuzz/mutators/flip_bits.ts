import type { Mutator } from "../mutator.ts";

/** Flips up to eight bits. */
export const flipBits: Mutator = {
  name: "flip bits",
  of: "bytes",
  mutate(input, { draws }) {
    const bytes = input.slice();
    for (let left = draws.integer(1, 8); left > 0; left--) {
      bytes[draws.integer(0, bytes.length - 1)]! ^= 1 << draws.integer(0, 7);
    }
    return bytes;
  },
};
