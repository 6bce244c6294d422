import type { PresetName } from "../lib/names.ts";
import type { SectionDescription, SettingDescription } from "../mod.ts";
import { Help } from "./deps/commander.ts";
import { settingText } from "./setting_text.ts";

/** How settings are shown. */
export interface SettingsView {
  /** The preset whose values are shown instead of the defaults. */
  readonly preset?: PresetName;
  /** Columns of the terminal. */
  readonly width: number;
}

/**
 * Settings as text, by section: the key with its value (behind it those of presets, or the default
 * that a preset replaces), the type, the meaning.
 */
export function settingsList(
  sections: readonly SectionDescription[],
  settings: readonly SettingDescription[],
  view: SettingsView,
): string {
  return sections.flatMap(({ key, meaning }) => {
    const within = settings.filter(({ section }) => section === key);
    if (within.length === 0) return [];
    const head = indented(`${key}: ${meaning}`, 0, view.width);
    return [[head, ...within.map((setting) => entry(setting, view))].join("\n\n")];
  }).join("\n\n");
}

/** All that there is to know of one setting. */
export function settingInFull(
  setting: SettingDescription,
  { preset, width }: SettingsView,
): string {
  const { key, type, range, choices, meaning, fields = [] } = setting;
  const facts = [
    ["type", type],
    ["choices", choices?.join(", ")],
    ["range", range],
    ["default", settingText(setting.default)],
    ["presets", presetsText(setting)],
    [
      "value",
      preset === undefined ? undefined : `${valueText(setting, preset)} (preset ${preset})`,
    ],
  ].flatMap(([name, text]) =>
    text === undefined ? [] : [indented(`${name!.padEnd(8)} ${text}`, 2, width, 9)]
  );
  const parts = fields.flatMap(({ key: name, ...field }) => [
    indented(`${name}: ${kindText(field)}`, 4, width),
    indented(field.meaning, 6, width),
  ]);
  return [
    key,
    indented(meaning, 2, width),
    ...facts,
    ...(parts.length === 0 ? [] : ["  each entry", ...parts]),
  ].join("\n");
}

/** The type with choices and range, as `whole number or null, at least 1`. */
export function kindText(
  { type, choices, range }: Pick<SettingDescription, "type" | "choices" | "range">,
): string {
  const what = choices === undefined ? type : `${type}: ${choices.join(", ")}`;
  return range === undefined ? what : `${what}${choices === undefined ? ", " : "; "}${range}`;
}

function entry(setting: SettingDescription, { preset, width }: SettingsView): string {
  const otherwise = settingText(setting.default);
  const value = preset === undefined ? otherwise : valueText(setting, preset);
  const others = preset === undefined
    ? presetsText(setting)
    : Object.hasOwn(setting.presets, preset)
    ? `default: ${otherwise}`
    : undefined;
  const head = `${setting.key} = ${value}${others === undefined ? "" : ` (${others})`}`;
  return [
    indented(head, 2, width, 2),
    indented(kindText(setting), 4, width),
    indented(setting.meaning, 4, width),
  ].join("\n");
}

/** The presets that have another value, as `quick: 6, auto: 16`; undefined where none has. */
function presetsText({ presets }: SettingDescription): string | undefined {
  const values = Object.entries(presets).map(([name, value]) => `${name}: ${settingText(value)}`);
  return values.length === 0 ? undefined : values.join(", ");
}

function valueText(
  { presets, default: otherwise }: SettingDescription,
  preset: PresetName,
): string {
  return settingText(Object.hasOwn(presets, preset) ? presets[preset] : otherwise);
}

/** A paragraph that begins at a column, its further lines `hang` columns further on. */
function indented(text: string, column: number, width: number, hang = 0): string {
  const lines = new Help().boxWrap(text, width - column - hang).split("\n");
  return lines.map((line, n) => " ".repeat(column + (n === 0 ? 0 : hang)) + line).join("\n");
}
