/** What a study's folder keeps of jobs that were handed to a cluster: `slurm/001`, `slurm/002`, … */
import { join } from "../../../base/deps/std.ts";
import { z } from "../../../base/deps/zod.ts";
import { exists } from "../../../formats/files/exists.ts";
import { readJson } from "../../../formats/files/read_json.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import { StudyError } from "../plan/study_error.ts";

/** Version of the file. */
const FORMAT = 1;

/** A job's number as Slurm has it. */
const jobNumber = z.string().regex(/^\d{1,12}$/, "wanted a number");

const arraySchema = z.object({
  id: jobNumber,
  /** The runs, by the number of the element. */
  runs: z.array(z.string()).min(1).readonly(),
}).readonly();

const submissionSchema = z.object({
  format: z.literal(FORMAT),
  /** The name of its jobs, which no others have: numbers come again on other clusters, and later. */
  name: z.string().regex(/^tandem-[0-9a-f]{8}$/, "wanted tandem-XXXXXXXX"),
  /** The cluster; empty where it does not say its name. */
  cluster: z.string(),
  /** The study's folder as the jobs see it. */
  dir: z.string(),
  submitted: z.string(),
  /** Words that a person gave to sbatch. */
  sbatch: z.array(z.string()).readonly(),
  arrays: z.array(arraySchema).readonly(),
  /** Runs at once that were asked for; absent where there is no bound, or an older version wrote it. */
  atOnce: z.number().int().min(1).exactOptional(),
  /** The job that writes tables and page; null where it was not reached. */
  report: jobNumber.nullable(),
  /** When it was called off; null where it was not. */
  cancelled: z.string().nullable(),
});

/** What was handed to a cluster by one command. */
export type Submission = Omit<z.infer<typeof submissionSchema>, "format">;

/** The paths of a submission. */
export interface SubmissionFolder {
  readonly dir: string;
  readonly record: string;
  /** What an element of an array runs. */
  readonly script: string;
  /** What the last job runs. */
  readonly report: string;
  /** What jobs say: `ARRAY_ELEMENT.txt`, `report.txt`. */
  readonly logs: string;
  /** How often each run ended early, and why, a line each time. */
  readonly tries: string;
  /** The names of an array's runs, a line each. */
  runs(array: number): string;
}

/** The folder of all that concerns the cluster, in a study's. */
export function clusterFolder(study: string): string {
  return join(study, "slurm");
}

/** The paths in a submission's folder; touches no disk. */
export function submissionFolder(dir: string): SubmissionFolder {
  return {
    dir,
    record: join(dir, "submission.json"),
    script: join(dir, "run.sh"),
    report: join(dir, "report.sh"),
    logs: join(dir, "logs"),
    tries: join(dir, "tries"),
    runs: (array) => join(dir, `runs-${array}.txt`),
  };
}

/** Saves a submission, atomically; throws WriteError if the disk refuses. */
export async function saveSubmission(path: string, submission: Submission): Promise<void> {
  await writeAtomically(path, JSON.stringify({ format: FORMAT, ...submission }, null, 2) + "\n");
}

/** A submission and where it lies. */
export interface KeptSubmission extends Submission {
  readonly folder: SubmissionFolder;
}

/**
 * The submissions of a study, the oldest first.
 *
 * @throws {StudyError} If a record cannot be read.
 */
export async function readSubmissions(study: string): Promise<KeptSubmission[]> {
  const parent = clusterFolder(study);
  if (!await exists(parent)) return [];
  const names: string[] = [];
  for await (const { name } of Deno.readDir(parent)) if (/^\d{3,}$/.test(name)) names.push(name);
  const found: KeptSubmission[] = [];
  for (const name of names.sort((a, b) => Number(a) - Number(b))) {
    const folder = submissionFolder(join(parent, name));
    // one that was killed before its first job
    if (!await exists(folder.record)) continue;
    const { format: _, ...record } = await readJson(folder.record, submissionSchema, StudyError);
    found.push({ ...record, folder });
  }
  return found;
}
