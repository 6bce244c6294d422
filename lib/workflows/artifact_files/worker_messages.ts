/** What threads say to each other. */
import type { CaseTask, MadeVolume, SuiteJob } from "./case_task.ts";

/** What a worker is sent. */
export type WorkerRequest =
  | { readonly job: SuiteJob }
  | { readonly index: number; readonly task: CaseTask };

/** What a worker answers to a task. */
export interface WorkerAnswer {
  readonly index: number;
  readonly volumes?: readonly MadeVolume[];
  readonly error?: { readonly name: string; readonly message: string; readonly code?: unknown };
}
