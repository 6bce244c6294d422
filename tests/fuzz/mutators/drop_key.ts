import type { Mutator } from "../mutator.ts";
import { encodeJson, jsonOf, placesOf } from "./json_places.ts";

/** Leaves a key out, or an entry of a list. */
export const dropKey: Mutator = {
  name: "drop key",
  of: "json",
  mutate(input, { draws }) {
    const value = jsonOf(input), { parent, key } = draws.choice(placesOf(value));
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
    return encodeJson(value);
  },
};
