import { resolve } from "../../../base/deps/std.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import { makeFolder } from "../../../formats/files/make_folder.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import { makeNextRunDir } from "../../../formats/run_folder/run_folder.ts";
import { type BeginOptions, beginStudy } from "../jobs/begin_study.ts";
import { mainModule } from "../jobs/job_commands.ts";
import type { StudyPlan } from "../plan/study_plan.ts";
import { askQueue } from "./ask_queue.ts";
import { type JobPackages, jobPackages } from "./job_packages.ts";
import { reportScript, runScript, type ScriptParts } from "./job_script.ts";
import {
  arrayWords,
  inArrays,
  jobCache,
  reportWords,
  type SubmissionRequest,
  unsharedPlaces,
  unsharedText,
  wantsCards,
} from "./plan_submission.ts";
import { sbatchWords } from "./sbatch_words.ts";
import { callSlurm, type ClusterFacts, clusterFacts, SlurmError } from "./slurm_program.ts";
import { submittedHere } from "./study_status.ts";
import {
  clusterFolder,
  readSubmissions,
  saveSubmission,
  type Submission,
  type SubmissionFolder,
  submissionFolder,
} from "./submission.ts";

/** How a study is handed to a cluster. */
export interface SubmitOptions extends Omit<BeginOptions, "jobs"> {
  /** Options for sbatch, as a person types them: `--partition=long --mem=8G --time=4:00:00`. */
  readonly sbatch?: string;
  /** Runs at once, 1 or more; as many as the cluster lets run by default. */
  readonly atOnce?: number;
  /** Cores of each job; what sbatch is told, or its default, else. */
  readonly threads?: number;
  /** Where jobs find Deno's packages; see `jobPackages`, which finds or copies them by default. */
  readonly packages?: JobPackages;
}

/** What was handed to a cluster. */
export interface SubmittedStudy {
  /** The study's folder. */
  readonly dir: string;
  /** The job arrays, and how many runs each has. */
  readonly arrays: readonly { readonly id: string; readonly runs: number }[];
  /** The job that writes tables and page at the end; null where no run was left. */
  readonly report: string | null;
  /** Runs that an earlier submission has in the queue still. */
  readonly queued: number;
  /** Runs that are done. */
  readonly done: number;
  /** Runs of the study, done or not. */
  readonly jobs: number;
}

/**
 * Checks and plans a study as `runStudy` does, then hands the runs that are left to Slurm: job arrays,
 * a run an element, and one job that writes tables and page once all have ended. The same call again
 * submits what failed or was added; what is in the queue stays there alone.
 *
 * @throws {SlurmError} If Slurm is not there or refuses; what it took before is told, and kept. And from
 * a binary that brings its own Deno along.
 * @throws {ConfigError} If `sbatch` has options that cannot be used.
 * @throws {Error} As `runStudy`.
 */
export async function submitStudy(
  asked: StudyPlan,
  options: SubmitOptions,
): Promise<SubmittedStudy> {
  const { dir, atOnce, threads, onEvent = () => {} } = options;
  if (Deno.build.standalone) {
    throw new SlurmError(
      "Cannot submit: this program brings its own Deno along, and jobs want one apart; study jobs " +
        "prints commands for any scheduler",
    );
  }
  const words = sbatchWords(options.sbatch ?? ""), facts = await clusterFacts();
  using study = await beginStudy(asked, options);
  const request = { sbatch: words, atOnce, threads, onCard: wantsCards(study.plan) };
  const unshared = await unsharedPlaces(study.plan, dir);
  if (unshared.length > 0) onEvent({ type: "notice", text: unsharedText(unshared) });
  const earlier = (await submittedHere(dir, await readSubmissions(dir)))
    .filter(({ cancelled }) => cancelled === null);
  const queue = earlier.length === 0 ? undefined : await askQueue(earlier);
  const isQueued = (run: string) => (queue?.runs.get(run)?.kind ?? "ended") !== "ended";
  const runs = study.left.map(({ id }) => id), left = runs.filter((run) => !isQueued(run));
  const told = { dir, done: study.results.size, jobs: study.jobs.length };
  const queued = runs.length - left.length;
  if (left.length === 0) return { ...told, queued, arrays: [], report: null };
  const alive = (queue?.alive ?? []).filter((id) => id !== queue?.report?.id);
  const submission = await submit(resolve(dir), left, request, facts, alive, {
    allowOtherVersion: options.allowOtherVersion ?? false,
    ...options.packages ?? await jobPackages(resolve(dir)),
  });
  const arrays = submission.arrays.map(({ id, runs }) => ({ id, runs: runs.length }));
  return { ...told, queued, arrays, report: submission.report };
}

/** Makes the folder of a submission and hands its jobs over, one array after the other. */
async function submit(
  study: string,
  runs: readonly string[],
  request: SubmissionRequest,
  { name: cluster, maxArraySize }: ClusterFacts,
  alive: readonly string[],
  given: Pick<ScriptParts, "allowOtherVersion" | "npm" | "remote">,
): Promise<Submission> {
  const parts = await scriptParts(study, request, given);
  const folder = submissionFolder(await makeNextRunDir(clusterFolder(study)));
  const groups = inArrays(runs, maxArraySize);
  const name = `tandem-${crypto.randomUUID().slice(0, 8)}`;
  let submission: Submission = {
    ...{ name, cluster, dir: study, submitted: new Date().toISOString() },
    ...{ sbatch: request.sbatch.words, arrays: [], report: null, cancelled: null },
    ...request.atOnce !== undefined && { atOnce: request.atOnce },
  };
  const place = { study, folder, name };
  try {
    await writeScripts(folder, { ...parts, folder: folder.dir }, groups);
    await saveSubmission(folder.record, submission);
    for (const [n, group] of groups.entries()) {
      const before = submission.arrays.at(-1)?.id;
      const id = await sbatch(arrayWords(request, place, n, group.length, before), cluster);
      submission = { ...submission, arrays: [...submission.arrays, { id, runs: group }] };
      await saveSubmission(folder.record, submission);
    }
    const report = await sbatch(
      reportWords(request, place, [...submission.arrays.map(({ id }) => id), ...alive]),
      cluster,
    );
    submission = { ...submission, report };
    await saveSubmission(folder.record, submission);
    return submission;
  } catch (cause) {
    const { arrays } = submission;
    if (arrays.length === 0) {
      await Deno.remove(folder.dir, { recursive: true }).catch(() => {});
      throw cause;
    }
    const taken = arrays.reduce((sum, { runs }) => sum + runs.length, 0);
    throw new SlurmError(
      `${messageOf(cause)}; ${taken} of ${runs.length} runs were taken before, as ` +
        `${
          arrays.map(({ id }) => id).join(", ")
        }, and go on; the same command submits what is left, ` +
        "report writes tables of what is done",
      { cause },
    );
  }
}

async function scriptParts(
  study: string,
  { sbatch: { secondsToSave } }: SubmissionRequest,
  given: Pick<ScriptParts, "allowOtherVersion" | "npm" | "remote">,
): Promise<Omit<ScriptParts, "folder">> {
  await makeFolder(clusterFolder(study));
  return {
    ...{ study, secondsToSave, ...given, from: Deno.cwd() },
    ...{ deno: Deno.execPath(), main: mainModule(), cache: await jobCache(study) },
  };
}

async function writeScripts(
  folder: SubmissionFolder,
  parts: ScriptParts,
  groups: readonly (readonly string[])[],
): Promise<void> {
  for (const dir of [folder.logs, folder.tries]) await makeFolder(dir);
  await writeAtomically(folder.script, runScript(parts));
  await writeAtomically(folder.report, reportScript(parts));
  for (const [n, runs] of groups.entries()) {
    await writeAtomically(folder.runs(n), runs.map((run) => run + "\n").join(""));
  }
}

/** Hands a job to Slurm and gives its number. */
async function sbatch(words: readonly string[], cluster: string): Promise<string> {
  const { ok, text, complaint } = await callSlurm("sbatch", words);
  // `--parsable` says NUMBER, or NUMBER;CLUSTER; what a site says besides stands on lines of its own
  const answer = text.split("\n").flatMap((line) => {
    const [, id, other] = /^(\d{1,12})(?:;(.*))?$/.exec(line.trim()) ?? [];
    return id === undefined ? [] : [{ id, other }];
  }).at(-1);
  if (ok && answer !== undefined) {
    const { id, other = cluster } = answer;
    if (other === cluster || cluster === "") return id;
    throw new SlurmError(
      `Cannot submit the study: sbatch gave job ${id} to the cluster ${other}, and this one is ` +
        `${cluster}, where it is not seen; scancel --clusters=${other} ${id} ends it`,
    );
  }
  throw new SlurmError(
    `Cannot submit the study: sbatch: ${complaint || text.trim() || "no number"}`,
  );
}
