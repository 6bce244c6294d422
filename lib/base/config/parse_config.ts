import { issueText } from "../text/issue_text.ts";
import { nearestNames } from "../text/unknown_name.ts";
import { ConfigError } from "./config_error.ts";
import { configSchema, type ResolvedConfig } from "./config_schema.ts";

/**
 * Checks a configuration and fills in the defaults.
 *
 * @param source What errors call the configuration's origin.
 * @throws {ConfigError} At the first unknown key (with the nearest known one) or bad value.
 */
export function parseConfig(value: unknown, source = "configuration"): ResolvedConfig {
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  // An unknown key is the likelier cause of what else is wrong, so it is told first.
  const issue = result.error.issues.find(({ code }) => code === "unrecognized_keys") ??
    result.error.issues[0]!;
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") throw unknownKey(path, issue.keys[0]!, source);
  throw new ConfigError(path.join("."), `Cannot use ${source}: ${issueText(issue, value)}`);
}

function unknownKey(path: readonly string[], key: string, source: string): ConfigError {
  const keyPath = [...path, key].join(".");
  const here = keysAt(path);
  const elsewhere = allPaths().filter((known) => known.split(".").at(-1) === key);
  const near = nearestNames(key, here).map((known) => [...path, known].join("."));
  const suggestion = elsewhere[0] ?? near[0];
  return new ConfigError(
    keyPath,
    `Cannot use ${source}: unknown key ${keyPath}` +
      (suggestion === undefined ? "" : `; did you mean ${suggestion}?`) +
      ` (known here: ${here.join(", ")})`,
  );
}

/** The keys that the schema knows in the section at this path. */
function keysAt(path: readonly string[]): string[] {
  let schema: unknown = configSchema;
  for (const key of path) schema = unwrap((unwrap(schema)!.shape as Record<string, unknown>)[key]);
  return Object.keys(unwrap(schema)!.shape);
}

/** The paths of all settings, as `training.batchSize`. */
function allPaths(schema: unknown = configSchema, prefix = ""): string[] {
  const section = unwrap(schema);
  if (section === undefined) return [prefix];
  return Object.entries(section.shape).flatMap(([key, child]) =>
    allPaths(child, prefix === "" ? key : `${prefix}.${key}`)
  );
}

/** The section behind a schema's default, if it is a section. */
function unwrap(schema: unknown): { shape: Record<string, unknown> } | undefined {
  let inner = schema as { shape?: Record<string, unknown>; unwrap?: () => unknown };
  while (inner.shape === undefined && typeof inner.unwrap === "function") {
    inner = inner.unwrap() as typeof inner;
  }
  return inner.shape === undefined ? undefined : { shape: inner.shape };
}
