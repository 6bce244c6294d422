import { levenshteinDistance } from "../deps/std_text.ts";
import { shortJson } from "./short_json.ts";

/**
 * Says that a name is not known: the nearest names first, then all.
 *
 * @param kind What it would be the name of, as "artifact".
 * @param known All names, in the order in which they are to be listed.
 *
 * @example
 * ```ts
 * import { unknownName } from "./unknown_name.ts";
 *
 * const text = unknownName("layout", "acdd", ["acdc", "mnms"]);
 * if (text !== 'no layout is named "acdd"; did you mean acdc? (known: acdc, mnms)') {
 *   throw new Error(text);
 * }
 * ```
 */
export function unknownName(kind: string, name: unknown, known: readonly string[]): string {
  const near = nearestNames(String(name), known);
  const question = near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`;
  return `no ${kind} is named ${shortJson(name)}${question} (known: ${known.join(", ")})`;
}

/** Characters of a mistyped name. */
const LONGEST = 100;

/** Up to three names close to a mistyped one, the nearest first. */
export function nearestNames(wanted: string, names: readonly string[]): string[] {
  // Nothing that long is a slip of the pen, and to compare it takes long.
  if (wanted.length > LONGEST) return [];
  const typed = wanted.toLowerCase(), third = Math.floor(typed.length / 3);
  // Short names are all close to one another.
  const limit = Math.min(typed.length - 1, Math.max(2, third));
  return names
    .map((name) => ({ name, distance: levenshteinDistance(typed, name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= limit || name.toLowerCase().startsWith(typed))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3).map(({ name }) => name);
}
