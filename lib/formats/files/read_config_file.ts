import { ConfigError } from "../../base/config/config_error.ts";
import { parseSettings } from "../../base/config/parse_settings.ts";
import { messageOf } from "../../base/text/message_of.ts";

/**
 * Reads settings from a JSON or YAML file (`.yaml`, `.yml`), unchecked.
 *
 * @throws {ConfigError} If the file cannot be read or parsed, or holds no object.
 */
export async function readConfigFile(path: string): Promise<Record<string, unknown>> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (cause) {
    throw new ConfigError("", `Cannot open configuration ${path}: ${messageOf(cause)}`, { cause });
  }
  return await parseSettings(text, path);
}
