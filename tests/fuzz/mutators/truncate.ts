import type { Mutator } from "../mutator.ts";

/** Cuts the end off, or the beginning. */
export const truncate: Mutator = {
  name: "truncate",
  of: "bytes",
  mutate(input, { draws }) {
    const at = draws.integer(0, input.length);
    return draws.chance(0.8) ? input.slice(0, at) : input.slice(at);
  },
};
