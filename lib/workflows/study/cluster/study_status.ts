import { join, resolve } from "../../../base/deps/std.ts";
import { meanOf } from "../../../base/stats/mean_of.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import { exists } from "../../../formats/files/exists.ts";
import { holderOf } from "../../../formats/files/claim.ts";
import { realPlace } from "../../../formats/files/real_place.ts";
import { readStepLog, type StepRecord } from "../../../formats/run_folder/step_log.ts";
import { openRunFolder } from "../../runs/open_run_folder.ts";
import { jobsOf } from "../plan/jobs_of.ts";
import { readPlan, type StudyFolder, studyFolder } from "../plan/study_folder.ts";
import type { StudyJob } from "../plan/study_plan.ts";
import { askQueue, type QueuedJob, type StudyQueue } from "./ask_queue.ts";
import { type KeptSubmission, readSubmissions } from "./submission.ts";

/** Where a run of a study stands. */
export interface RunStatus {
  /** The name of its folder. */
  readonly run: string;
  /**
   * `done`: it is evaluated; `running`: a process has it; `waiting`: a cluster has it in its queue;
   * `failed`: it ended otherwise; `open`: nobody does it.
   */
  readonly state: "done" | "running" | "waiting" | "failed" | "open";
  /** Steps that are done. */
  readonly step: number;
  /** Steps of the whole run; absent where its settings do not tell. */
  readonly steps?: number;
  /** Seconds to the last step, at the pace of those that are done. */
  readonly secondsLeft?: number;
  /** The last step's record; absent before the first. */
  readonly last?: StepRecord;
  /** The host, or node, that it runs on. */
  readonly host?: string;
  /** Its job on the cluster, as `12_3`. */
  readonly job?: string;
  /** What is left of the job's time limit, as Slurm writes it. */
  readonly limitLeft?: string;
  /** Why it waits, failed, or is open. */
  readonly reason?: string;
}

/** Where a study stands. */
export interface StudyStatus {
  /** The study's folder. */
  readonly dir: string;
  /** Every run of the plan, in the order of its jobs. */
  readonly runs: readonly RunStatus[];
  /** The job that writes tables and page, while the cluster has it. */
  readonly report?: QueuedJob | undefined;
  /** What a person should know, a line each: a cluster that could not be asked. */
  readonly notices: readonly string[];
}

/**
 * Where each run of a study stands, from its folder and, where it was handed to a cluster, from the
 * cluster's queue: where that cannot be asked, the folder alone tells.
 *
 * @throws {StudyError} If the folder holds no study, or a record cannot be read.
 */
export async function studyStatus(dir: string): Promise<StudyStatus> {
  const folder = studyFolder(dir), plan = await readPlan(dir), notices: string[] = [];
  const all = await readSubmissions(dir), own = await submittedHere(dir, all);
  for (const place of new Set(all.filter((one) => !own.includes(one)).map((one) => one.dir))) {
    notices.push(`jobs were submitted for ${place}, and write there: this is another folder`);
  }
  const queue = await queueOf(own, notices);
  const runs = await Promise.all(jobsOf(plan).map((job) => statusOf(folder, job, own, queue)));
  return { dir, runs, report: queue?.report, notices };
}

/** Submissions whose jobs write into this folder, and not into one that it was copied from. */
export async function submittedHere(
  dir: string,
  submissions: readonly KeptSubmission[],
): Promise<KeptSubmission[]> {
  const here = await realPlace(dir);
  const found: KeptSubmission[] = [];
  for (const one of submissions) {
    const same = one.dir === here ||
      await realPlace(one.dir).catch(() => one.dir) === here ||
      // seen by another path, as from a laptop: then there is nothing by the path of the jobs
      !await exists(join(one.dir, "study.json"));
    if (same) found.push(one);
  }
  return found;
}

async function queueOf(
  submissions: readonly KeptSubmission[],
  notices: string[],
): Promise<StudyQueue | undefined> {
  if (submissions.length === 0) return undefined;
  try {
    const queue = await askQueue(submissions);
    const others = new Set(
      submissions.map(({ cluster }) => cluster).filter((name) => name !== queue.cluster),
    );
    for (const name of others) {
      notices.push(`jobs were handed to the cluster ${name}; this one is ${queue.cluster}`);
    }
    return queue;
  } catch (error) {
    notices.push(`the folder alone tells: ${messageOf(error)}`);
    return undefined;
  }
}

async function statusOf(
  folder: StudyFolder,
  job: StudyJob,
  submissions: readonly KeptSubmission[],
  queue: StudyQueue | undefined,
): Promise<RunStatus> {
  const { id: run } = job, place = folder.run(job);
  const { secondsLeft, ...known } = await progressOf(folder, job);
  if (await exists(place.evaluation)) return { run, state: "done", ...known };
  const progress = { ...known, ...secondsLeft !== undefined && { secondsLeft } };
  const queued = queue?.runs.get(run);
  const note = await Deno.readTextFile(folder.failure(job)).catch(() => undefined);
  if (queued !== undefined && queued.kind !== "ended") {
    const { id, kind, node, limitLeft } = queued;
    const earlier = note && `failed before: ${note.trim()}`;
    const reason = [queued.reason ?? [], kind === "waiting" && earlier ? earlier : []].flat();
    return {
      ...{ run, state: kind, job: id, ...progress },
      ...node && { host: node },
      ...limitLeft && { limitLeft },
      ...reason.length > 0 && { reason: reason.join("; ") },
    };
  }
  const holder = await holderOf(join(place.dir, ".claim")).catch(() => undefined);
  if (holder !== undefined) {
    return { run, state: "running", ...progress, ...holder.host !== "" && { host: holder.host } };
  }
  const submission = submissions.findLast(({ arrays }) =>
    arrays.some(({ runs }) => runs.includes(run))
  );
  const unasked = submission !== undefined && submission.cancelled === null &&
    (queue === undefined || queue.cluster !== submission.cluster);
  if (note !== undefined && !unasked) {
    return { run, state: "failed", ...progress, reason: note.trim() };
  }
  if (submission === undefined) return { run, state: "open", ...progress };
  if (submission.cancelled !== null || queued?.state === "CANCELLED") {
    return { run, state: "open", ...progress, reason: "cancelled" };
  }
  if (unasked) {
    const reason = "handed to the cluster, which cannot be asked from here" +
      (note === undefined ? "" : `; failed before: ${note.trim()}`);
    return { run, state: "waiting", ...progress, reason };
  }
  const word = queued === undefined ? "" : ` (${queued.state})`;
  const reason = `its job ended without a word${word}: ${resolve(submission.folder.logs)}`;
  return { run, state: "failed", ...progress, reason };
}

/** Steps of a run, and how long those that are left take. */
async function progressOf(
  folder: StudyFolder,
  job: StudyJob,
): Promise<Pick<RunStatus, "step" | "steps" | "secondsLeft" | "last">> {
  const { dir, log, config } = folder.run(job);
  if (!await exists(config)) return { step: 0 };
  const records = await readStepLog(log).catch(() => []);
  const last = records.at(-1), step = last?.step ?? 0;
  const settings = await openRunFolder(dir).then(({ config }) => config).catch(() => undefined);
  const steps = settings?.training.maxSteps ?? settings?.optimizer.decaySteps ?? undefined;
  return {
    step,
    ...last !== undefined && { last },
    ...steps !== undefined && steps >= step && {
      steps,
      ...records.length > 0 &&
        { secondsLeft: (steps - step) * meanOf(records.map(({ seconds }) => seconds)) },
    },
  };
}
