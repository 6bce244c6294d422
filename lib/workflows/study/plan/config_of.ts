import { basename, dirname, resolve } from "../../../base/deps/std.ts";
import { findMethod } from "../../../learning/baselines/registry.ts";
import type { ResolvedConfig } from "../../../base/config/config_schema.ts";
import { parseConfig } from "../../../base/config/parse_config.ts";
import type { StudyJob, StudyPlan } from "./study_plan.ts";

/** Where a job runs. */
export interface JobPlace {
  /** The run folder. */
  readonly dir?: string;
  /** Threads of the backend; null = all cores. Changes no result. */
  readonly threads?: number | null;
}

/**
 * The configuration of a job's run.
 *
 * @throws {ConfigError} If it is no valid one.
 */
export function configOf(
  plan: Pick<StudyPlan, "settings">,
  { method, replicate, trainingSubjects }: Omit<StudyJob, "id">,
  { dir, threads }: JobPlace = {},
): ResolvedConfig {
  const shared = parseConfig(plan.settings);
  const { settings, artifacts } = findMethod(method);
  return parseConfig({
    ...shared,
    data: {
      ...shared.data,
      ...(artifacts && { artifacts }),
      split: replicate.split ?? shared.data.split,
      fold: replicate.fold ?? shared.data.fold,
      trainingSubjects,
    },
    method: {
      ...shared.method,
      ...settings,
      imageMask: { ...shared.method.imageMask, ...settings.imageMask },
      shapeMask: { ...shared.method.shapeMask, ...settings.shapeMask },
    },
    training: { ...shared.training, seed: replicate.seed, threads: threads ?? null },
    output: { ...shared.output, dir: dir ?? null },
    tracking: {
      ...shared.tracking,
      // the study's folder, in which runs/JOB lies
      experiment: shared.tracking.experiment ??
        (dir === undefined ? null : basename(dirname(dirname(resolve(dir))))),
    },
  });
}
