/** Where the runs of a study run: what of the command line belongs to it. */
import { shellWord } from "../lib/base/text/shell_word.ts";
import type { StudyEngine } from "../lib/names.ts";
import type { SubmittedStudy } from "../mod.ts";
import { UsageError } from "./exit_code.ts";

/** Options that mean nothing for where the runs run. */
export function refuseOtherEngines(
  { engine, jobs, threads, sbatch, atOnce, wait }: {
    engine: StudyEngine;
    jobs?: unknown;
    threads?: unknown;
    sbatch?: unknown;
    atOnce?: unknown;
    wait?: unknown;
  },
): void {
  const refuse = (flag: string, wanted: string) => {
    throw new UsageError(`Cannot use ${flag} with --engine ${engine}: wanted ${wanted}`);
  };
  if (engine !== "local" && jobs !== undefined) refuse("--jobs", "--at-once, or --engine local");
  if (engine === "none" && threads !== undefined) refuse("--threads", "study run --threads");
  if (engine === "slurm") return;
  if (sbatch !== undefined) refuse("--sbatch", "--engine slurm");
  if (atOnce !== undefined) refuse("--at-once", "--engine slurm, or --jobs");
  if (wait !== undefined) refuse("--wait", "--engine slurm");
}

interface SlurmFlags {
  readonly sbatch?: string | undefined;
  readonly atOnce?: number | undefined;
  readonly threads?: number | undefined;
}

/** What of the options is for a submission. */
export function slurmOptions({ sbatch, atOnce, threads }: SlurmFlags) {
  return {
    ...sbatch !== undefined && { sbatch },
    ...atOnce !== undefined && { atOnce },
    ...threads !== undefined && { threads },
  };
}

/** Tells what was submitted. */
export function tellSubmitted(json: boolean, submitted: SubmittedStudy): void {
  if (json) return console.log(JSON.stringify({ type: "submitted", ...submitted }));
  const { dir, arrays, report, queued, done, jobs } = submitted;
  for (const { id, runs } of arrays) console.log(`array ${id}: ${runs} runs`);
  if (report !== null) console.log(`tables and page: job ${report}, once all have ended`);
  if (queued > 0) console.log(`${queued} runs are in the queue from earlier`);
  if (done < jobs) {
    console.log(`study status ${shellWord(dir)} tells how far it is; study cancel ends it`);
  }
}
