import type { Mutator } from "../mutator.ts";
import { encodeJson, jsonOf, oddJson, placesOf, raw } from "./json_places.ts";
import { ODD_TEXTS } from "./odd_values.ts";

/** Characters of what is added once at the most: many of them would be an input of megabytes. */
const LONG = 1000;

/** Adds a key that has a meaning to JavaScript, or none to anyone, or repeats one. */
export const addKey: Mutator = {
  name: "add key",
  of: "json",
  mutate(input, { draws }) {
    const value = jsonOf(input), { parent, key } = draws.choice(placesOf(value));
    const own = Array.isArray(parent) ? parent[Number(key)] : parent;
    const place = own !== null && typeof own === "object" ? own : parent;
    const name = draws.chance(0.3) ? key : draws.choice(ODD_TEXTS);
    const odd = raw(oddJson(draws));
    if (Array.isArray(place)) {
      const many = odd.length < LONG ? draws.choice([1, 1, 500]) : 1;
      place.push(...new Array(many).fill(odd));
    } else {
      // So that it is there twice: JavaScript would write it once.
      place[`@again@${name}`] = odd;
      const text = new TextDecoder().decode(encodeJson(value)).replaceAll("@again@", "");
      return new TextEncoder().encode(text);
    }
    return encodeJson(value);
  },
};
