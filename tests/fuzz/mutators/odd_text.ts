import type { Mutator } from "../mutator.ts";
import { joinBytes } from "./join_bytes.ts";
import { ODD_TEXTS } from "./odd_values.ts";

const WORD = /[^\s,;:"'[\]{}=]+/g;

/** Puts an odd text in the place of a word, or between two; some are very long. */
export const oddText: Mutator = {
  name: "odd text",
  of: "text",
  mutate(input, { draws }) {
    const text = new TextDecoder().decode(input),
      encode = (part: string) => new TextEncoder().encode(part);
    const words = [...text.matchAll(WORD)];
    const odd = draws.chance(0.1)
      ? draws.choice(["a", "0", ".", "_", "a.", "[", "\n", "=", "-1,"]).repeat(
        draws.choice([1000, 100_000]),
      )
      : draws.choice(ODD_TEXTS);
    const word = words.length === 0 ? undefined : draws.choice(words);
    const from = word?.index ?? 0, to = from + (draws.chance(0.8) ? word?.[0].length ?? 0 : 0);
    return joinBytes(encode(text.slice(0, from)), encode(odd), encode(text.slice(to)));
  },
};
