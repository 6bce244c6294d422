import type { Method, PartialConfig } from "../mod.ts";
import { UsageError } from "./exit_code.ts";

/** A setting of another option: where it is, and what it is there. */
type Leaf = readonly [path: readonly string[], value: unknown];

/** Options that are not called as the setting that they are. */
const OPTIONS: Readonly<Record<string, string>> = {
  "data.dir": "--data",
  "output.dir": "--out",
  "tracking.mlflow": "--track",
};

/**
 * Refuses a single setting that a method sets itself, to something else: it would be passed over
 * without a word, and the run be taken for what it is not.
 *
 * @param set As after `--set`: `method.maskScope=["image"]`.
 * @throws {UsageError} If there is one.
 */
export function refuseOverridden(
  set: readonly string[],
  { name, settings, artifacts }: Method,
): void {
  const own = [
    ...leavesOf(["method"], settings),
    ...artifacts === undefined ? [] : [[["data", "artifacts"], artifacts] as const],
  ];
  refuse(set, own, () => `--method ${name}`);
}

/**
 * Refuses a single setting for which there is an option, too, that says something else.
 *
 * @param set As after `--set`: `training.epochs=7`.
 * @param given The settings that the options make, absent where one is not given.
 * @throws {UsageError} If there is one.
 */
export function refuseGivenTwice(set: readonly string[], given: PartialConfig): void {
  refuse(set, leavesOf([], given), (path) => OPTIONS[path.join(".")] ?? optionOf(path.at(-1)!));
}

function refuse(
  set: readonly string[],
  own: readonly Leaf[],
  optionFor: (path: readonly string[]) => string,
): void {
  for (const setting of set) {
    const at = setting.indexOf("=");
    const keys = setting.slice(0, at).trim().split("."), value = valueOf(setting.slice(at + 1));
    const conflict = own.find((leaf) => differs(leaf, keys, value));
    if (conflict === undefined) continue;
    throw new UsageError(
      `Cannot use --set ${keys.join(".")} with ${optionFor(conflict[0])}, which sets ` +
        `${conflict[0].join(".")} itself: leave one of them out`,
    );
  }
}

/** An option by its setting's key: `--max-steps` of `maxSteps`. */
function optionOf(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => "-" + letter.toLowerCase())}`;
}

function leavesOf(path: readonly string[], value: unknown): Leaf[] {
  if (value === undefined) return [];
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
  // options are words, settings JSON
  return JSON.stringify(mine) !== JSON.stringify(theirs) && String(mine) !== JSON.stringify(theirs);
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
