import { shortText } from "../text/short_text.ts";
import { nearestNames } from "../text/unknown_name.ts";
import { fieldsOf, nodeAt, type SchemaNode, schemaTree } from "./schema_tree.ts";

/** A key that the schema does not know, with what may have been meant. */
export interface UnknownKey {
  /** The key by its path, as `training.batchsize`. */
  readonly keyPath: string;
  /** Up to three paths of known keys: of this name in any section, or else of near names. */
  readonly near: readonly string[];
  /** The keys of the section in which it was looked for. */
  readonly here: readonly string[];
}

/** Looks for what may have been meant by a key that the section at this path does not have. */
export function unknownKey(path: readonly PropertyKey[], key: string): UnknownKey {
  const here = Object.keys(fieldsOf(nodeAt(path) ?? {}) ?? {});
  const pathOf = (name: string) => [...path, name].map(String).join(".");
  return { keyPath: pathOf(key), near: nearPaths(path, key, here, pathOf), here };
}

function nearPaths(
  path: readonly PropertyKey[],
  key: string,
  here: readonly string[],
  pathOf: (name: string) => string,
): string[] {
  // A single setting was taken for a section.
  if (here.length === 0) return [path.map(String).join(".")];
  const all = settingPaths().map((known) => ({ known, name: known.split(".").at(-1)! }));
  const named = (name: string) =>
    all.filter((one) => one.name.toLowerCase() === name.toLowerCase()).map(({ known }) => known);
  const elsewhere = named(key);
  if (elsewhere.length > 0) return elsewhere.slice(0, MOST_NEAR);
  const near = nearestNames(key, here);
  if (near.length > 0) return near.map(pathOf);
  const names = new Set(all.map(({ name }) => name));
  return nearestNames(key, [...names]).flatMap(named).slice(0, MOST_NEAR);
}

/** Suggestions at the most: more would be a list. */
const MOST_NEAR = 3;

/** Keys that a message names. */
const MOST_TOLD = 12;

/** As `unknown key training.batchsize; did you mean training.batchSize? (known here: …)`. */
export function unknownKeysText(keys: readonly UnknownKey[]): string {
  if (keys.length === 1) {
    const { keyPath, near, here } = keys[0]!;
    const question = near.length === 0 ? "" : `; did you mean ${near.join(" or ")}?`;
    const known = here.length === 0 ? "" : ` (known here: ${here.join(", ")})`;
    return `unknown key ${shortText(keyPath)}${question}${known}`;
  }
  const told = keys.map(({ keyPath, near }) =>
    near.length === 0
      ? shortText(keyPath)
      : `${shortText(keyPath)} (did you mean ${near.join(" or ")}?)`
  );
  const more = told.length - MOST_TOLD;
  return `unknown keys ${told.slice(0, MOST_TOLD).join(", ")}` +
    (more > 0 ? ` and ${more} more` : "");
}

/** The paths of all settings, as `training.batchSize`, without those of sections. */
function settingPaths(node: SchemaNode = schemaTree(), prefix = ""): string[] {
  const fields = fieldsOf(node);
  if (fields === undefined) return [prefix];
  return Object.entries(fields).flatMap(([key, child]) =>
    settingPaths(child, prefix === "" ? key : `${prefix}.${key}`)
  );
}
