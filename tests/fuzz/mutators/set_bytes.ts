import type { Mutator } from "../mutator.ts";

/** Sets a byte, or a few in a row, to 0 or 255. */
export const setBytes: Mutator = {
  name: "set bytes",
  of: "bytes",
  mutate(input, { draws }) {
    const bytes = input.slice(), at = draws.integer(0, bytes.length - 1);
    return bytes.fill(draws.choice([0, 255]), at, at + draws.choice([1, 1, 2, 4, 8, 64]));
  },
};
