import type { Method } from "../mod.ts";
import { UsageError } from "./exit_code.ts";

/** A setting of a method: where it is, and what it is there. */
type Leaf = readonly [path: readonly string[], value: unknown];

/**
 * Refuses a single setting that a method sets itself, to something else: it would be passed over
 * without a word, and the run be taken for what it is not.
 *
 * @param set As after `--set`: `method.maskScope=["image"]`.
 * @throws {UsageError} If there is one.
 */
export function refuseOverridden(set: readonly string[], method: Method): void {
  const own = [
    ...leavesOf(["method"], method.settings),
    ...method.artifacts === undefined ? [] : [[["data", "artifacts"], method.artifacts] as const],
  ];
  for (const setting of set) {
    const at = setting.indexOf("=");
    const keys = setting.slice(0, at).trim().split("."), value = valueOf(setting.slice(at + 1));
    const conflict = own.find((leaf) => differs(leaf, keys, value));
    if (conflict === undefined) continue;
    throw new UsageError(
      `Cannot use --set ${keys.join(".")} with --method ${method.name}, which sets ` +
        `${conflict[0].join(".")} itself: leave one of them out`,
    );
  }
}

function leavesOf(path: readonly string[], value: unknown): Leaf[] {
  if (!isObject(value)) return [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf([...path, key], inner));
}

/** Whether a setting and a leaf are of the same place, and say different things of it. */
function differs([path, own]: Leaf, keys: readonly string[], value: unknown): boolean {
  const shared = Math.min(path.length, keys.length);
  if (path.slice(0, shared).join(".") !== keys.slice(0, shared).join(".")) return false;
  const [mine, theirs] = [at(own, keys.slice(shared)), at(value, path.slice(shared))];
  // an object that says nothing of the leaf
  if (theirs === undefined) return false;
  return JSON.stringify(mine) !== JSON.stringify(theirs);
}

function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => isObject(inner) && Object.hasOwn(inner, key) ? inner[key] : undefined,
    value,
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** JSON, or else the text itself. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
