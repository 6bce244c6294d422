import type { Mutator } from "../mutator.ts";

/** Repeats, drops or swaps lines. */
export const shuffleLines: Mutator = {
  name: "shuffle lines",
  of: "text",
  mutate(input, { draws }) {
    const lines = new TextDecoder().decode(input).split("\n");
    const at = draws.integer(0, lines.length - 1), other = draws.integer(0, lines.length - 1);
    switch (draws.integer(0, 3)) {
      case 0:
        lines.splice(at, 1);
        break;
      case 1:
        [lines[at], lines[other]] = [lines[other]!, lines[at]!];
        break;
      case 2:
        lines.splice(at, 0, lines[other]!);
        break;
      default:
        lines.splice(at, 0, ...new Array<string>(draws.choice([2, 300])).fill(lines[other]!));
    }
    return new TextEncoder().encode(lines.join(draws.chance(0.9) ? "\n" : "\r\n"));
  },
};
