import { messageOf } from "../../base/text/message_of.ts";
import { exists } from "../../formats/files/exists.ts";
import { jobsOf } from "../study/plan/jobs_of.ts";
import { type StudyFolder, studyFolder } from "../study/plan/study_folder.ts";
import type { StudyJob, StudyPlan } from "../study/plan/study_plan.ts";
import { LogFollower } from "./log_follower.ts";
import type { StudyProgress } from "./page_progress.ts";

/** A job that has written nothing for so many seconds runs no more. */
const QUIET_SECONDS = 120;

/** Characters of a reason at most. */
const MOST_TEXT = 500;

type JobProgress = StudyProgress["jobs"][number];

/** Follows the folder of a study. */
export class StudyFollower {
  readonly #folder: StudyFolder;
  readonly #jobs: readonly (readonly [StudyJob, LogFollower])[];

  constructor(dir: string, plan: StudyPlan) {
    const folder = this.#folder = studyFolder(dir);
    this.#jobs = jobsOf(plan).map((job) => [job, new LogFollower(folder.run(job).log)]);
  }

  /** What is done, runs, failed and is left; a log that cannot be read is its job's reason. */
  async look(): Promise<StudyProgress> {
    const jobs: JobProgress[] = [];
    for (const [job, log] of this.#jobs) jobs.push(await this.#lookAt(job, log));
    return { kind: "study", jobs };
  }

  async #lookAt(job: StudyJob, log: LogFollower): Promise<JobProgress> {
    const { config, evaluation } = this.#folder.run(job), failure = this.#folder.failure(job);
    let reason: string | undefined, step = 0, changed = 0;
    try {
      const found = await log.look();
      [step, changed] = [found.steps.at(-1)?.step ?? 0, found.changed];
    } catch (error) {
      reason = messageOf(error);
    }
    const state = await exists(evaluation)
      ? "done"
      : await exists(failure)
      ? "failed"
      : Date.now() - changed < QUIET_SECONDS * 1000
      ? "running"
      : "left";
    if (state === "failed") reason = (await Deno.readTextFile(failure)).trim();
    return {
      ...{ id: job.id, state, step, hasRun: await exists(config) },
      ...reason !== undefined && { reason: reason.slice(0, MOST_TEXT) },
    };
  }
}
