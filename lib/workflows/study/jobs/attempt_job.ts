import { messageOf } from "../../../base/text/message_of.ts";
import { ClaimError } from "../../../formats/files/claim.ts";
import { exists } from "../../../formats/files/exists.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import type { StudyFolder } from "../plan/study_folder.ts";
import type { StudyJob } from "../plan/study_plan.ts";
import type { JobRunner } from "./job_runner.ts";
import type { JobOutcome } from "./run_job.ts";
import type { JobEvent } from "./study_events.ts";

/**
 * Has a runner do a job, and keeps in the study's folder why it failed, until it is tried again. That
 * another process has the run is no failure of it.
 *
 * @throws {Error} As the runner.
 */
export async function attemptJob(
  folder: StudyFolder,
  job: StudyJob,
  runner: JobRunner,
  onEvent: (event: JobEvent) => void,
): Promise<JobOutcome> {
  if (runner.notesFailures) return await runner.run(job, onEvent);
  const note = folder.failure(job);
  if (await exists(note)) await Deno.remove(note);
  try {
    return await runner.run(job, onEvent);
  } catch (error) {
    // A disk that refuses even this shall not end the study.
    if (!(error instanceof ClaimError)) {
      await writeAtomically(note, messageOf(error) + "\n").catch(() => {});
    }
    throw error;
  }
}
