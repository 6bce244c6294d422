/** What threads say to each other. */
import type { JobOutcome } from "./run_job.ts";
import type { JobEvent } from "./study_events.ts";
import type { StudyJob, StudyPlan } from "../plan/study_plan.ts";

/** What a worker is sent: at first its work, then jobs one after the other, or to stop. */
export type JobRequest =
  | { readonly plan: StudyPlan; readonly dir: string; readonly threads: number }
  | { readonly job: StudyJob }
  | { readonly stop: true };

/** What a worker says. */
export type JobAnswer =
  | { readonly event: JobEvent }
  | { readonly outcome: JobOutcome }
  | { readonly error: string };
