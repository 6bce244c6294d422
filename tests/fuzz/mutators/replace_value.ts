import type { Mutator } from "../mutator.ts";
import { encodeJson, jsonOf, oddJson, placesOf, raw } from "./json_places.ts";

/** Puts null, {}, [], an odd number or text, or something deep in the place of a value, or of all. */
export const replaceValue: Mutator = {
  name: "replace value",
  of: "json",
  mutate(input, { draws }) {
    const value = jsonOf(input), places = placesOf(value);
    const odd = raw(oddJson(draws));
    if (places.length === 0 || draws.chance(0.01)) return encodeJson(odd);
    const { parent, key } = draws.choice(places);
    parent[key] = draws.chance(0.1) ? [parent[key]] : odd;
    return encodeJson(value);
  },
};
