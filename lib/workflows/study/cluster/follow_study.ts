import { reportStudy } from "../page/report_study.ts";
import { readSubmissions } from "./submission.ts";
import { join } from "../../../base/deps/std.ts";
import { readPlan, studyFolder } from "../plan/study_folder.ts";
import { jobsOf } from "../plan/jobs_of.ts";
import { type JobResult, openStudy, readResult } from "../results/open_study.ts";
import { summarise } from "../results/summarise.ts";
import { JobQueue } from "../jobs/job_queue.ts";
import type { StudyResult } from "../jobs/run_study.ts";
import { slurmRunner, StudyWatch } from "../jobs/slurm_runner.ts";
import type { StudyEvent } from "../jobs/study_events.ts";
import { StudyPace } from "../jobs/study_pace.ts";

/** How to follow a study. */
export interface FollowOptions {
  /** Aborted to look away; the jobs go on. */
  readonly stop?: AbortSignal;
  /** Is told what happens in the study. */
  readonly onEvent?: (event: StudyEvent) => void;
  /** Milliseconds between two looks, 5000 by default. */
  readonly look?: number;
}

/**
 * Follows a study that was submitted until all of its jobs have ended and tables and page are written,
 * with the same events as one that runs here. It holds nothing, and may be called from anywhere that
 * sees folder and queue.
 *
 * @throws {StudyError} If the folder holds no study, or something in it cannot be read.
 */
export async function followStudy(dir: string, options: FollowOptions = {}): Promise<StudyResult> {
  const { onEvent = () => {}, look } = options;
  const stop = options.stop ?? new AbortController().signal;
  const plan = await readPlan(dir), jobs = jobsOf(plan), folder = studyFolder(dir);
  const results = new Map<string, JobResult>();
  for (const job of jobs) {
    const result = await readResult(job, folder.run(job).dir);
    if (result !== undefined) results.set(job.id, result);
  }
  const left = jobs.filter(({ id }) => !results.has(id)), watch = new StudyWatch(dir, look);
  const { atOnce = left.length } = (await readSubmissions(dir)).at(-1) ?? {};
  const pace = new StudyPace(plan, left, atOnce);
  const queue = new JobQueue({ plan, jobs, folder, pace, stop, onEvent }, results);
  await Promise.all(left.map(async () => {
    using runner = slurmRunner({ dir, stop, watch });
    await queue.serve(runner);
  }));
  const { failed } = queue, done = queue.results.size;
  // tables and page are the last job's
  while (!stop.aborted && (await watch.next(stop)).report !== undefined);
  const ended = { dir, done, jobs: jobs.length, failed, interrupted: stop.aborted };
  if (stop.aborted || done === 0) return ended;
  const opened = await openStudy(dir), page = join(dir, "index.html");
  if (!await isWritten(page, opened.results.map(({ job }) => folder.run(job).evaluation))) {
    onEvent({
      type: "notice",
      text: "the job that writes tables and page has not done so; they are written here",
    });
    const report = await reportStudy(dir);
    onEvent({ type: "page", path: report.page });
    return { ...ended, report };
  }
  onEvent({ type: "page", path: page });
  return { ...ended, report: { summary: summarise(opened.plan, opened.results), page } };
}

/** Whether the page is there, and no older than any evaluation that it tells of. */
async function isWritten(page: string, evaluations: readonly string[]): Promise<boolean> {
  const timeOf = async (path: string) =>
    (await Deno.stat(path).catch(() => undefined))?.mtime?.getTime();
  const written = await timeOf(page);
  if (written === undefined) return false;
  const times = await Promise.all(evaluations.map(timeOf));
  return times.every((time) => time === undefined || time <= written);
}
