import { parseConfig } from "../../../base/config/parse_config.ts";
import type { CreateStepper } from "../../../learning/cooperative/create_stepper.ts";
import { PreparedCases } from "../../../learning/evaluation/prepared_cases.ts";
import { memoryBytes } from "../../runs/open_cache.ts";
import type { JobRunner, RunnerOptions } from "./job_runner.ts";
import { runJob } from "./run_job.ts";

/** Runs jobs in this process. */
export function localRunner(
  { plan, createStepper, ...options }: RunnerOptions & {
    readonly createStepper?: CreateStepper | undefined;
  },
): JobRunner {
  const prepared = new PreparedCases(memoryBytes(parseConfig(plan.settings).data));
  return {
    run: (job, onEvent) => runJob(plan, job, { ...options, createStepper, prepared, onEvent }),
    [Symbol.dispose]() {},
  };
}
