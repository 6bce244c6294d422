import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { resolve } from "../../base/deps/std.ts";

/**
 * A configuration whose inputs are whole paths, so that it can be gone on with from any working folder;
 * `output.dir` stays as it is.
 */
export function withWholePaths(config: ResolvedConfig): ResolvedConfig {
  const whole = (path: string | null) => path === null ? null : resolve(path);
  const { data, training, tracking } = config;
  return {
    ...config,
    data: {
      ...data,
      dir: whole(data.dir),
      splitFile: whole(data.splitFile),
      cache: ["auto", "none"].includes(data.cache ?? "none") ? data.cache : whole(data.cache),
    },
    training: { ...training, init: whole(training.init) },
    tracking: { ...tracking, mlflow: whole(tracking.mlflow) },
  };
}
