import type { SectionDescription, SettingDescription } from "../mod.ts";
import { settingText } from "./setting_text.ts";
import { kindText } from "./settings_list.ts";

/** All settings as a page of Markdown, a table a section: what docs/settings.md holds. */
export function settingsPage(
  sections: readonly SectionDescription[],
  settings: readonly SettingDescription[],
): string {
  const parts = sections.map(({ key, meaning }) => [
    `## ${key}`,
    meaning,
    [
      row(["key", "type", "default", "meaning"]),
      row(["---", "---", "---", "---"]),
      ...settings.filter(({ section }) => section === key).map((setting) =>
        row([`\`${setting.key}\``, kindText(setting), defaultsText(setting), meaningText(setting)])
      ),
    ].join("\n"),
  ]);
  return [HEAD, ...parts.flat()].join("\n\n") + "\n";
}

const HEAD = `# Settings

<!-- Made from lib/base/config/config_schema.ts by \`deno task docs:settings\`; do not edit. -->

Every setting of a run, for \`--set KEY=VALUE\` and for files given by \`--config\`. Behind a default
stand the values of the presets that have another one: without \`--preset\`, \`tandem train\` begins with
\`quick\`, or with \`auto\` where a data set is given. \`tandem settings\` tells the same,
\`tandem settings data\` one section, \`tandem settings data.size\` one setting wholly.`;

function defaultsText({ default: value, presets }: SettingDescription): string {
  const others = Object.entries(presets).map(([name, other]) => `${name}: ${code(other)}`);
  return [code(value), ...others].join("; ");
}

function meaningText({ meaning, fields = [] }: SettingDescription): string {
  const parts = fields.map((field) =>
    `\`${field.key}\` (${kindText(field)}): ${field.meaning.replace(/\.$/, "")}`
  );
  return parts.length === 0 ? meaning : `${meaning} Each entry: ${parts.join("; ")}.`;
}

function code(value: unknown): string {
  return value === undefined ? "unset" : `\`${settingText(value)}\``;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}
