import { messageOf } from "../text/message_of.ts";
import { ConfigError } from "./config_error.ts";

/**
 * The settings in the text of a JSON or YAML file, unchecked.
 *
 * @param marked The text; a byte order mark before it is passed over.
 * @param name The file's name; `.yaml` and `.yml` are YAML, all else is JSON.
 * @throws {ConfigError} If the text cannot be parsed, or holds no object.
 */
export async function parseSettings(
  marked: string,
  name: string,
): Promise<Record<string, unknown>> {
  const text = marked.replace(/^\uFEFF/, "");
  let value: unknown;
  try {
    if (/\.ya?ml$/i.test(name)) {
      const { parseYaml } = await import("../deps/std_yaml.ts");
      value = parseYaml(text);
    } else {
      value = JSON.parse(text);
    }
  } catch (cause) {
    // A parser that comes to no end of its own says nothing of the file.
    const detail = cause instanceof SyntaxError
      ? messageOf(cause)
      : "it is nested too deeply, or holds what cannot be read";
    throw new ConfigError("", `Cannot open configuration ${name}: ${detail}`);
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new ConfigError("", `Cannot open configuration ${name}: it holds no object`);
  }
  return value as Record<string, unknown>;
}
