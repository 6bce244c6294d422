/** What a worker of `choose_division.ts` runs: steps of one job, on a backend of its own. */
import { serveTasks } from "../../../base/workers/serve_tasks.ts";
import { measureSteps, openSteps } from "../plan/random_steps.ts";
import type { StudyJob, StudyPlan } from "../plan/study_plan.ts";

/** What goes to and fro. */
export interface StepWork {
  readonly start: { readonly plan: StudyPlan; readonly threads: number };
  readonly task: StudyJob;
  /** Seconds a step. */
  readonly result: number;
  readonly news: never;
  readonly order: never;
}

/** Long enough that workers which start one after the other work at the same time for the most part. */
const SECONDS = 4;

serveTasks<StepWork>(({ plan, threads }) => ({
  async work(job) {
    const { stepper, config, data } = await openSteps(plan, job, threads);
    try {
      const times: number[] = [], began = performance.now();
      while (times.length === 0 || performance.now() - began < SECONDS * 1000) {
        times.push(measureSteps(stepper, config, data, () => performance.now()));
      }
      return times.sort((a, b) => a - b)[times.length >> 1]!;
    } finally {
      stepper.dispose();
    }
  },
}));
