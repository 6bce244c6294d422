import { issueText } from "../text/issue_text.ts";
import { ConfigError } from "./config_error.ts";
import { configSchema, type ResolvedConfig } from "./config_schema.ts";
import { unknownKey, unknownKeysText } from "./unknown_key.ts";

/**
 * Checks a configuration and fills in the defaults.
 *
 * @param source What errors call the configuration's origin.
 * @throws {ConfigError} For all unknown keys (with the nearest known ones), or the first bad value.
 */
export function parseConfig(value: unknown, source = "configuration"): ResolvedConfig {
  const result = configSchema.safeParse(value);
  if (result.success) return result.data;
  // Unknown keys are the likelier cause of what else is wrong, so they are told first.
  const unknown = result.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => unknownKey(issue.path, key)) : []
  );
  if (unknown.length > 0) {
    throw new ConfigError(
      unknown[0]!.keyPath,
      `Cannot use ${source}: ${unknownKeysText(unknown)}`,
    );
  }
  const issue = result.error.issues[0]!;
  const path = issue.path.map(String).join(".");
  throw new ConfigError(path, `Cannot use ${source}: ${issueText(issue, value)}`);
}
