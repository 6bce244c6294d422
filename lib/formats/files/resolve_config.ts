import type { PartialConfig, ResolvedConfig } from "../../base/config/config_schema.ts";
import { layerSettings } from "../../base/config/layer_settings.ts";
import { readConfigFile } from "./read_config_file.ts";

/** Where settings come from; a later source overrides an earlier one. */
export interface ConfigSources {
  /** A preset's name; where there is none, `auto` if a data set is given, else `quick`. */
  readonly preset?: string;
  /** A JSON or YAML file. */
  readonly file?: string;
  /** Single settings, as `training.batchSize=8`; the value is JSON, or else text. */
  readonly set?: readonly string[];
  /** Settings that come as an object, such as a command's own options. */
  readonly flags?: PartialConfig;
}

/**
 * The whole configuration of a run from a preset, a file, and single settings.
 *
 * @throws {ConfigError} For an unknown preset or key (with the nearest name), a value out of range,
 * or a file that cannot be read.
 *
 * @example
 * ```ts
 * import { resolveConfig } from "./resolve_config.ts";
 *
 * const config = await resolveConfig({ preset: "acdc-2021", set: ["training.batchSize=8"] });
 * if (config.data.spacing !== 1.36719 || config.training.batchSize !== 8) throw new Error();
 * ```
 */
export async function resolveConfig(sources: ConfigSources = {}): Promise<ResolvedConfig> {
  const { file: name, ...layers } = sources;
  if (name === undefined) return layerSettings(layers);
  return layerSettings({ ...layers, file: { name, settings: await readConfigFile(name) } });
}
