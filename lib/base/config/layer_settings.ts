import { shortText } from "../text/short_text.ts";
import { unknownName } from "../text/unknown_name.ts";
import { ConfigError } from "./config_error.ts";
import type { PartialConfig, ResolvedConfig } from "./config_schema.ts";
import { parseConfig } from "./parse_config.ts";
import { defaultPreset, PRESETS } from "./presets.ts";
import { nodeAt } from "./schema_tree.ts";

/** Settings on top of one another; a later layer overrides an earlier one. */
export interface SettingLayers {
  /** A preset's name; where there is none, `auto` if a data set is given, else `quick`. */
  readonly preset?: string;
  /** What a file holds, and its name for messages. */
  readonly file?: { readonly name: string; readonly settings: Readonly<Record<string, unknown>> };
  /** Single settings, as `training.batchSize=8`; the value is JSON, or else text. */
  readonly set?: readonly string[];
  /** Settings that come as an object, such as a command's own options. */
  readonly flags?: PartialConfig;
}

/**
 * The whole configuration of a run; `resolveConfig` of `formats/files` reads the file first.
 *
 * @throws {ConfigError} For an unknown preset or key (with the nearest name), or a value out of range.
 *
 * @example
 * ```ts
 * import { layerSettings } from "./layer_settings.ts";
 *
 * const config = layerSettings({ preset: "acdc-2021", set: ["training.batchSize=8"] });
 * if (config.data.spacing !== 1.36719 || config.training.batchSize !== 8) throw new Error();
 * ```
 */
export function layerSettings(layers: SettingLayers = {}): ResolvedConfig {
  const { file, set = [], flags = {} } = layers;
  if (file !== undefined) parseConfig(file.settings, file.name);
  const assignments = set.map(parseAssignment);
  const over = (base: Settings) =>
    merge(
      assignments.reduce(
        (under, { keys, value }) => assign(under, keys, value),
        merge(base, file?.settings ?? {}),
      ),
      flags as Settings,
    );
  const { preset = defaultPreset((over({})["data"] as PartialConfig["data"])?.dir) } = layers;
  if (!Object.hasOwn(PRESETS, preset)) {
    throw new ConfigError(
      "preset",
      `Cannot use configuration: ${unknownName("preset", preset, Object.keys(PRESETS))}`,
    );
  }
  return parseConfig(over(PRESETS[preset as keyof typeof PRESETS]));
}

type Settings = Readonly<Record<string, unknown>>;

/** A single setting: where, and what. */
interface Assignment {
  readonly keys: readonly string[];
  readonly value: unknown;
}

/** One on top of the other, section by section; `path` is where both are. */
function merge(base: Settings, over: Settings, path: readonly string[] = []): Settings {
  const result = Object.assign(Object.create(null), base);
  for (const [key, value] of Object.entries(over)) {
    if (value !== undefined) result[key] = onTop(result[key], value, [...path, key]);
  }
  return result;
}

/** Puts one value into settings. */
function assign(
  base: Settings,
  keys: readonly string[],
  value: unknown,
  path: readonly string[] = [],
): Settings {
  const [key, ...deeper] = keys as [string, ...string[]];
  const result = Object.assign(Object.create(null), base), place = [...path, key];
  const before: unknown = result[key];
  result[key] = deeper.length === 0
    ? onTop(before, value, place)
    : assign(isObject(before) ? before : {}, deeper, value, place);
  return result;
}

/** A later value in the place of an earlier one; of a section it replaces what it names. */
function onTop(before: unknown, value: unknown, path: readonly string[]): unknown {
  return isObject(value) && isObject(before) && isSection(path)
    ? merge(before, value, path)
    : value;
}

/** Whether a place has fields of its own: a recipe, which may be of several kinds, is one value. */
function isSection(path: readonly string[]): boolean {
  return !nodeAt(path)?.anyOf?.some(({ $ref }) => $ref !== undefined);
}

function isObject(value: unknown): value is Settings {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

function parseAssignment(assignment: string): Assignment {
  const at = assignment.indexOf("=");
  const keys = assignment.slice(0, at).trim().split(".");
  if (at < 1 || keys.includes("")) {
    throw new ConfigError(
      "",
      `Cannot use setting "${shortText(assignment)}": wanted KEY=VALUE, as a.b=1`,
    );
  }
  const text = assignment.slice(at + 1);
  let value: unknown = text;
  try {
    value = JSON.parse(text);
  } catch {
    // What is no JSON is text as it stands: data.layout=mnms.
  }
  // A key that is no section is told as unknown, with what may have been meant.
  if (keys.length === 1 && !isObject(value) && nodeAt(keys) !== undefined) {
    throw new ConfigError(
      keys[0]!,
      `Cannot use setting "${shortText(assignment)}": it would replace a whole section, wanted ` +
        `${keys[0]}.KEY=VALUE`,
    );
  }
  return { keys, value };
}
