/** Jobs on the nodes of a cluster, which has them already: the runner follows them by their folders. */
import { StudyError } from "../plan/study_error.ts";
import type { StudyJob } from "../plan/study_plan.ts";
import { type RunStatus, type StudyStatus, studyStatus } from "../cluster/study_status.ts";
import type { JobRunner } from "./job_runner.ts";
import { pause } from "./pause.ts";
import type { JobOutcome } from "./run_job.ts";
import type { JobEvent } from "./study_events.ts";
import { studyFolder } from "../plan/study_folder.ts";

/** Milliseconds between two looks at the study. */
const LOOK = 5000;

/** Looks at a study now and then, for all who follow its jobs. */
export class StudyWatch {
  readonly #dir: string;
  readonly #look: number;
  #next: Promise<StudyStatus> | undefined;

  /** @param look Milliseconds between two looks. */
  constructor(dir: string, look = LOOK) {
    this.#dir = dir;
    this.#look = look;
  }

  /** What the next look shows; an abort ends the wait for it. */
  async next(stop: AbortSignal): Promise<StudyStatus> {
    this.#next ??= (async () => {
      await pause(this.#look, stop);
      this.#next = undefined;
      return await studyStatus(this.#dir);
    })();
    return await this.#next;
  }
}

/**
 * Follows jobs that were submitted: told are their beginning, their steps and their end. Aborted, it
 * looks away, and they go on.
 */
export function slurmRunner(
  { dir, stop, watch }: {
    readonly dir: string;
    readonly stop: AbortSignal;
    readonly watch: StudyWatch;
  },
): JobRunner {
  const folder = studyFolder(dir);
  return {
    notesFailures: true,
    async run(job, onEvent): Promise<JobOutcome> {
      let before: RunStatus | undefined, missing = 0;
      while (!stop.aborted) {
        const { runs } = await watch.next(stop);
        const status = runs.find(({ run }) => run === job.id)!;
        if (status.state !== "waiting" && status.state !== "open") {
          tellProgress(job, folder.run(job).dir, before, status, onEvent);
          before = status;
        }
        if (status.state === "done") return "done";
        // a job that ends and begins again is in no list for a moment
        missing = status.state === "failed" || status.state === "open" ? missing + 1 : 0;
        if (missing > 1) throw new StudyError(status.reason ?? "no job of the cluster has it");
      }
      return "interrupted";
    },
    [Symbol.dispose]() {},
  };
}

function tellProgress(
  { id: job }: StudyJob,
  dir: string,
  before: RunStatus | undefined,
  { step, steps, last }: RunStatus,
  onEvent: (event: JobEvent) => void,
): void {
  if (before === undefined) onEvent({ type: "job-start", job, dir, firstStep: step });
  if (last === undefined || step === before?.step) return;
  const loss = last["totalLoss"] ?? NaN;
  onEvent({ type: "step", job, step, totalSteps: steps ?? step, loss });
}
