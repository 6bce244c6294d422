import { inOneLine } from "../text/in_one_line.ts";
import { yamlText } from "../text/yaml_text.ts";
import {
  describeSections,
  describeSettings,
  type SettingDescription,
} from "./describe_settings.ts";

/** Columns of a line at the most; a word that is longer stands alone. */
const WIDTH = 100;

/** A setting that is written, by its path: its value, and what else there is to say of it. */
export interface CommentedSetting {
  /** As `data.size`. */
  readonly key: string;
  readonly value: unknown;
  /** Sentences beside what the schema says, as what is chosen for a data set. */
  readonly note?: string;
}

/**
 * Settings as YAML for a person to change: each with what the schema says of its meaning, type and range
 * above it. `parseSettings` reads it again, to the same values.
 *
 * @param head Lines of comment at the top.
 * @param settings In any order; they are written in the schema's.
 * @throws {RangeError} If there is no such setting.
 *
 * @example
 * ```ts
 * import { commentedSettings } from "./commented_settings.ts";
 *
 * const text = commentedSettings(["Mine."], [{ key: "training.batchSize", value: 8 }]);
 * if (!text.startsWith("# Mine.\n\n# ") || !text.endsWith("\n  batchSize: 8\n")) throw new Error();
 * ```
 */
export function commentedSettings(
  head: readonly string[],
  settings: readonly CommentedSetting[],
): string {
  const known = describeSettings();
  for (const { key } of settings) {
    if (!known.some((setting) => setting.key === key)) {
      throw new RangeError(`Cannot write settings: there is no ${key}`);
    }
  }
  const written = known.filter(({ key }) => settings.some((setting) => setting.key === key));
  const meanings = new Map(describeSections().map(({ key, meaning }) => [key, meaning]));
  /** What stands below a section, its settings and the sections within. */
  const below = (path: readonly string[]): string[] => {
    const at = path.length, column = 2 * at;
    const own = written.filter(({ key }) => path.every((word, n) => key.split(".")[n] === word));
    return [...Map.groupBy(own, ({ key }) => key.split(".")[at]!)].map(([name, inner]) => {
      const key = [...path, name].join("."), setting = inner.find((one) => one.key === key);
      if (setting !== undefined) {
        return entry(setting, settings.find((one) => one.key === key)!, column);
      }
      return [
        comment(meanings.get(key) ?? "", column),
        `${" ".repeat(column)}${name}:`,
        below([...path, name]).join("\n\n"),
      ].join("\n");
    });
  };
  return [head.map((line) => comment(line, 0)).join("\n"), ...below([])].join("\n\n") + "\n";
}

function entry(
  { section, meaning, type, range, choices }: SettingDescription,
  { key, value, note }: CommentedSetting,
  column: number,
): string {
  const limits = [...choices ?? [], ...range === undefined ? [] : [range]].join(", ");
  const kind = limits === "" ? type : `${type}${choices === undefined ? "," : ":"} ${limits}`;
  return [
    comment(meaning, column),
    comment(`(${kind})`, column),
    ...note === undefined ? [] : [comment(note, column)],
    `${" ".repeat(column)}${key.slice(section.length + 1)}:${valueText(value, column)}`,
  ].join("\n");
}

/** Lines of comment, broken between words. */
function comment(text: string, column: number): string {
  const start = `${" ".repeat(column)}#`;
  const lines = [start];
  for (const word of inOneLine(text).split(" ")) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length <= WIDTH || lines.at(-1) === start) lines[lines.length - 1] = longer;
    else lines.push(`${start} ${word}`);
  }
  return lines.join("\n");
}

/** A value behind its key: a list of objects by lines, all else in one. */
function valueText(value: unknown, column: number): string {
  const isList = Array.isArray(value) &&
    value.some((one) => one !== null && typeof one === "object");
  if (!isList) return ` ${yamlText(value)}`;
  return value.map((one) => `\n${" ".repeat(column + 2)}- ${yamlText(one)}`).join("");
}
