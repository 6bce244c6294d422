import type { PresetName } from "../../names.ts";
import { ConfigError } from "./config_error.ts";
import { parseConfig } from "./parse_config.ts";
import { PRESETS } from "./presets.ts";
import { fieldsOf, itemsOf, type SchemaNode, schemaTree } from "./schema_tree.ts";
import { choicesOf, rangeInWords, typeInWords } from "./type_in_words.ts";
import { unknownKey, unknownKeysText } from "./unknown_key.ts";

/** What there is to know of a setting, from the schema. */
export interface SettingDescription {
  /** The key by its path, as `data.size`. */
  readonly key: string;
  /** The section that it stands in, as `data`. */
  readonly section: string;
  /** The type in words, as `whole number or null`. */
  readonly type: string;
  /** What a number or a list's length may be, as `0 to below 1`; absent where all is allowed. */
  readonly range?: string;
  /** What may be chosen from, for the setting or each entry of its list. */
  readonly choices?: readonly (string | number)[];
  /** The schema's default, as JSON; absent for the fields of a setting that is null by default. */
  readonly default?: unknown;
  /** The values of the presets that differ from the default. */
  readonly presets: Readonly<Partial<Record<PresetName, unknown>>>;
  /** What it does, in Markdown of one paragraph. */
  readonly meaning: string;
  /** The fields of each entry, where the setting is a list of objects that are explained. */
  readonly fields?: readonly Pick<SettingDescription, "key" | "type" | "range" | "meaning">[];
}

/** A part of the configuration. */
export interface SectionDescription {
  /** The section by its path, as `method.imageMask`. */
  readonly key: string;
  /** What its settings are about. */
  readonly meaning: string;
}

/**
 * Describes every setting, in the schema's order; what is said comes from the schema alone.
 *
 * @example
 * ```ts
 * import { describeSettings } from "./describe_settings.ts";
 *
 * const size = describeSettings().find(({ key }) => key === "training.batchSize")!;
 * if (size.type !== "whole number" || size.range !== "multiples of 2, at least 2") throw new Error();
 * if (size.default !== 20 || size.presets.quick !== 6) throw new Error();
 * ```
 */
export function describeSettings(): SettingDescription[] {
  const presets = Object.entries(PRESETS).map(([name, settings]) =>
    [name, parseConfig(settings)] as const
  );
  const sections = describeSections().map(({ key }) => key);
  return entries().filter(([, node]) => !isSection(node)).map(([key, node]) => {
    const differing = presets.map(([name, config]) => [name, valueAt(config, key)] as const)
      .filter(([, value]) => JSON.stringify(value) !== JSON.stringify(node.default));
    const section = sections.findLast((name) => key.startsWith(`${name}.`))!;
    return { ...describe(key, node), section, presets: Object.fromEntries(differing) };
  });
}

/** Describes every section, in the schema's order. */
export function describeSections(): SectionDescription[] {
  return entries().filter(([, node]) => isSection(node))
    .map(([key, { description = "" }]) => ({ key, meaning: description }));
}

/**
 * The settings of a section, or the one setting, that this key names; all without a key.
 *
 * @throws {ConfigError} If there is none, with the nearest names.
 */
export function findSettings(key?: string): SettingDescription[] {
  const settings = describeSettings();
  if (key === undefined) return settings;
  const found = settings.filter((setting) =>
    setting.key === key || setting.key.startsWith(`${key}.`)
  );
  if (found.length > 0) return found;
  const known = new Set(entries().map(([path]) => path));
  const path = key.split(".");
  // The deepest section that there is, and the first part that it does not have.
  const at = path.findIndex((_, n) => !known.has(path.slice(0, n + 1).join(".")));
  const unknown = unknownKey(path.slice(0, at), path[at]!);
  throw new ConfigError(key, `Cannot describe settings: ${unknownKeysText([unknown])}`);
}

/** Sections and settings with their paths, each section before what is in it. */
function entries(node: SchemaNode = schemaTree(), prefix = ""): [string, SchemaNode][] {
  return Object.entries(fieldsOf(node) ?? {}).flatMap(([name, child]) => {
    const key = prefix === "" ? name : `${prefix}.${name}`;
    return [[key, child], ...entries(child, key)];
  });
}

/** Whether it only holds settings; what may be null too is a setting itself. */
function isSection(node: SchemaNode): boolean {
  return node.properties !== undefined;
}

function describe(key: string, node: SchemaNode): Omit<SettingDescription, "section" | "presets"> {
  const range = rangeInWords(node), choices = choicesOf(node);
  const parts = Object.entries(itemsOf(node)?.properties ?? {})
    .filter(([, { description }]) => description !== undefined);
  return {
    key,
    type: typeInWords(node),
    ...(range === undefined ? {} : { range }),
    ...(choices === undefined ? {} : { choices }),
    ...("default" in node ? { default: node.default } : {}),
    meaning: node.description ?? "",
    ...(parts.length === 0 ? {} : { fields: parts.map(([name, part]) => describe(name, part)) }),
  };
}

function valueAt(config: unknown, key: string): unknown {
  return key.split(".").reduce(
    (value, name) => (value as Record<string, unknown> | null | undefined)?.[name],
    config,
  );
}
