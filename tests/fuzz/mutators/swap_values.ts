import type { Mutator } from "../mutator.ts";
import { encodeJson, jsonOf, placesOf } from "./json_places.ts";

/** Puts a value of this input, or of another valid one, where another stands. */
export const swapValues: Mutator = {
  name: "swap values",
  of: "json",
  mutate(input, { draws, seeds }) {
    const value = jsonOf(input), { parent, key } = draws.choice(placesOf(value));
    const other = draws.choice(placesOf(draws.chance(0.5) ? jsonOf(draws.choice(seeds)) : value));
    parent[key] = structuredClone(other.parent[other.key]);
    return encodeJson(value);
  },
};
