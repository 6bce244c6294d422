import { readPlan } from "../plan/study_folder.ts";
import { StudyError } from "../plan/study_error.ts";
import { askQueue } from "./ask_queue.ts";
import { callSlurm, SlurmError } from "./slurm_program.ts";
import { submittedHere } from "./study_status.ts";
import { readSubmissions, saveSubmission } from "./submission.ts";

/** What was called off. */
export interface CancelledStudy {
  /** Names of the runs that were running, and are being saved. */
  readonly running: readonly string[];
  /** Names of the runs that were waiting for a node. */
  readonly waiting: readonly string[];
}

/**
 * Takes all jobs of a study out of the cluster's queue. Runs under way are asked to save; nothing that
 * is done is lost, and the study can be submitted again.
 *
 * @throws {StudyError} If the folder holds no study, or its jobs are another folder's.
 * @throws {SlurmError} If Slurm does not answer or refuses.
 */
export async function cancelStudy(dir: string): Promise<CancelledStudy> {
  await readPlan(dir);
  const all = await readSubmissions(dir), own = await submittedHere(dir, all);
  if (own.length < all.length && own.length === 0) {
    throw new StudyError(
      `Cannot cancel the study in ${dir}: its jobs were submitted for ${
        all[0]!.dir
      }, wanted this ` +
        "folder",
    );
  }
  if (own.length === 0) return { running: [], waiting: [] };
  const queue = await askQueue(own);
  const elsewhere = own.find(({ cluster, cancelled }) =>
    cancelled === null && cluster !== queue.cluster
  );
  if (elsewhere !== undefined && queue.alive.length === 0) {
    throw new StudyError(
      `Cannot cancel the study in ${dir}: its jobs are on the cluster ${elsewhere.cluster}, this ` +
        `one is ${queue.cluster}`,
    );
  }
  // first of all, so that a run that ends by it is not taken for one that failed
  const cancelled = new Date().toISOString();
  const live = own.filter((one) => one.cluster === queue.cluster && one.cancelled === null);
  const note = async (cancelled: string | null) => {
    for (const { folder, ...one } of live) {
      await saveSubmission(folder.record, { ...one, cancelled });
    }
  };
  await note(cancelled);
  if (queue.alive.length > 0) {
    const { ok, complaint } = await callSlurm("scancel", queue.alive);
    if (!ok) {
      // they are in the queue still, and nobody shall submit them a second time
      await note(null);
      throw new SlurmError(`Cannot cancel the study in ${dir}: scancel: ${complaint}`);
    }
  }
  const named = (kind: string) =>
    [...queue.runs].flatMap(([run, job]) => job.kind === kind ? [run] : []);
  return { running: named("running"), waiting: named("waiting") };
}
