import type { Mutator } from "../mutator.ts";
import { encodeJson, jsonOf, placesOf } from "./json_places.ts";
import { ODD_TEXTS } from "./odd_values.ts";

/** Gives a key another name, its value kept. */
export const renameKey: Mutator = {
  name: "rename key",
  of: "json",
  mutate(input, { draws }) {
    const value = jsonOf(input);
    const places = placesOf(value).filter(({ parent }) => !Array.isArray(parent));
    const { parent, key } = draws.choice(places);
    const kept = parent[key];
    delete parent[key];
    Object.defineProperty(parent, draws.choice(ODD_TEXTS), {
      ...{ value: kept, enumerable: true, writable: true, configurable: true },
    });
    return encodeJson(value);
  },
};
