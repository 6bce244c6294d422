import { join, resolve } from "../../../base/deps/std.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import { shellWord } from "../../../base/text/shell_word.ts";
import type { StudyPlan } from "../plan/study_plan.ts";
import {
  arrayWords,
  inArrays,
  reportWords,
  unsharedPlaces,
  unsharedText,
  wantsCards,
} from "./plan_submission.ts";
import { sbatchWords } from "./sbatch_words.ts";
import { type ClusterFacts, clusterFacts } from "./slurm_program.ts";
import type { SubmitOptions } from "./submit_study.ts";
import { clusterFolder, submissionFolder } from "./submission.ts";

/** What would be handed to a cluster. */
export interface SubmissionOutline {
  /** The calls of sbatch, as they are typed; numbers of jobs stand as `ARRAY1`. */
  readonly commands: readonly string[];
  /** What a person should know, a line each: what is not shared, that there is no Slurm here. */
  readonly notices: readonly string[];
}

/**
 * What submitting so many runs of a study would call; writes nothing, and needs no Slurm.
 *
 * @throws {ConfigError} If `sbatch` has options that cannot be used.
 */
export async function describeSubmission(
  plan: StudyPlan,
  runs: number,
  { dir, sbatch, atOnce, threads }: Pick<SubmitOptions, "dir" | "sbatch" | "atOnce" | "threads">,
): Promise<SubmissionOutline> {
  const onCard = wantsCards(plan);
  const request = { sbatch: sbatchWords(sbatch ?? ""), atOnce, threads, onCard };
  const notices: string[] = [];
  let facts: ClusterFacts = { name: "", maxArraySize: 1001, accounting: false };
  try {
    facts = await clusterFacts();
    notices.push(`cluster ${facts.name}: arrays of up to ${facts.maxArraySize} runs`);
  } catch (error) {
    notices.push(
      `no cluster to ask (${messageOf(error)}); arrays of up to 1001 runs, as by default`,
    );
  }
  const unshared = await unsharedPlaces(plan, dir);
  if (unshared.length > 0) notices.push(unsharedText(unshared));
  const study = resolve(dir), folder = submissionFolder(join(clusterFolder(study), "001"));
  const place = { study, folder, name: "tandem-XXXXXXXX" };
  const groups = inArrays(Array.from({ length: runs }), facts.maxArraySize);
  const names = groups.map((_, n) => `ARRAY${n + 1}`);
  const calls = groups.map(({ length }, n) => arrayWords(request, place, n, length, names[n - 1]));
  if (runs > 0) calls.push(reportWords(request, place, names));
  return { commands: calls.map((words) => ["sbatch", ...words].map(shellWord).join(" ")), notices };
}
