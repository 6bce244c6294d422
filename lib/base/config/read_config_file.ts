import { ConfigError } from "./config_error.ts";

/**
 * Reads settings from a JSON or YAML file (`.yaml`, `.yml`), unchecked.
 *
 * @throws {ConfigError} If the file cannot be read or parsed, or holds no object.
 */
export async function readConfigFile(path: string): Promise<Record<string, unknown>> {
  let value: unknown;
  try {
    const text = await Deno.readTextFile(path);
    if (/\.ya?ml$/i.test(path)) {
      const { parseYaml } = await import("../deps/std_yaml.ts");
      value = parseYaml(text);
    } else {
      value = JSON.parse(text);
    }
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
    throw new ConfigError("", `Cannot read configuration ${path}: ${detail}`, { cause });
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new ConfigError("", `Cannot read configuration ${path}: it holds no object`);
  }
  return value as Record<string, unknown>;
}
