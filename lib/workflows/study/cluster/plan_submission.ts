import { dirname, fromFileUrl, join, resolve } from "../../../base/deps/std.ts";
import { cachePlace } from "../../../imaging/data/cases/cache_place.ts";
import { parseConfig } from "../../../base/config/parse_config.ts";
import { MAIN } from "../jobs/job_commands.ts";
import type { StudyPlan } from "../plan/study_plan.ts";
import type { SbatchWords } from "./sbatch_words.ts";
import { type LocalPlace, localPlaces } from "./shared_places.ts";
import { clusterFolder, type SubmissionFolder } from "./submission.ts";

/** What is asked of a submission. */
export interface SubmissionRequest {
  readonly sbatch: SbatchWords;
  /** Runs at once; all that the cluster lets run where it is absent. */
  readonly atOnce?: number | undefined;
  /** Cores of each job, where it says so. */
  readonly threads?: number | undefined;
  /** Whether each run computes on a graphics card. */
  readonly onCard?: boolean;
}

/** Whether the runs of a study want a graphics card each. */
export function wantsCards({ settings }: StudyPlan): boolean {
  return parseConfig(settings).training.device === "gpu";
}

/** Parts of a list, each of so many at the most. */
export function inArrays<T>(items: readonly T[], most: number): T[][] {
  const count = Math.ceil(items.length / most);
  return Array.from({ length: count }, (_, n) => items.slice(n * most, (n + 1) * most));
}

/**
 * The words for sbatch of an array of so many elements.
 *
 * @param number Which of the submission's arrays it is, from 0.
 * @param after The array before it, where no more than so many may run at once in all of them.
 */
export function arrayWords(
  { sbatch, atOnce, threads, onCard = false }: SubmissionRequest,
  { study, folder, name }: { study: string; folder: SubmissionFolder; name: string },
  number: number,
  elements: number,
  after?: string,
): string[] {
  return [
    ...["--parsable", ...sbatch.words],
    ...threads !== undefined && !sbatch.saysCores ? [`--cpus-per-task=${threads}`] : [],
    ...onCard && !sbatch.saysCards ? ["--gres=gpu:1"] : [],
    `--array=0-${elements - 1}${atOnce === undefined ? "" : `%${atOnce}`}`,
    ...atOnce !== undefined && after !== undefined ? [`--dependency=afterany:${after}`] : [],
    ...[`--job-name=${name}`, `--chdir=${study}`, `--output=${logPattern(folder, "%A_%a")}`],
    ...["--open-mode=append", "--requeue", `--signal=B:TERM@${sbatch.secondsToSave}`],
    ...[folder.script, String(number)],
  ];
}

/** The words for sbatch of the job that writes tables and page. */
export function reportWords(
  { sbatch }: SubmissionRequest,
  { study, folder, name }: { study: string; folder: SubmissionFolder; name: string },
  after: readonly string[],
): string[] {
  return [
    ...["--parsable", ...sbatch.words, `--dependency=afterany:${after.join(":")}`],
    ...[`--job-name=${name}`, `--chdir=${study}`, `--output=${logPattern(folder, "report")}`],
    ...["--open-mode=append", "--requeue", folder.report],
  ];
}

/** Where Slurm writes what a job says: a percent sign of a folder's name is no pattern. */
function logPattern({ logs }: SubmissionFolder, name: string): string {
  return join(logs.replaceAll("%", "%%"), `${name}.txt`);
}

/** Where jobs keep prepared cases: where this person does if others see it, else with the study. */
export async function jobCache(study: string): Promise<string> {
  const place = cachePlace(), base = place && dirname(dirname(place));
  const isShared = base !== undefined && (await localPlaces({ base })).length === 0;
  return isShared ? base : join(clusterFolder(study), "cache");
}

/** The places that jobs need and that, as far as can be told, this machine alone sees. */
export async function unsharedPlaces(plan: StudyPlan, dir: string): Promise<LocalPlace[]> {
  const { data, training, tracking } = parseConfig(plan.settings);
  const { cache, splitFile } = data;
  return await localPlaces({
    "the study": resolve(dir),
    "Deno": Deno.execPath(),
    ...MAIN.protocol === "file:" && { "Tandem": fromFileUrl(new URL("../", MAIN)) },
    ...data.dir !== null && { "the data set": resolve(data.dir) },
    ...splitFile !== null && { "the list of the split": resolve(splitFile) },
    ...cache !== null && !["auto", "none"].includes(cache) && { "the cache": resolve(cache) },
    ...tracking.mlflow !== null && { "the store of MLflow": resolve(tracking.mlflow) },
    ...training.init !== null && { "the run to begin with": resolve(training.init) },
    ...Object.fromEntries(plan.tests.map(({ name, dir }) => [`test ${name}`, resolve(dir)])),
  });
}

/** In a line, what jobs on other machines may not find. */
export function unsharedText(places: readonly LocalPlace[]): string {
  const list = places.map(({ what, path, system }) => `${what} ${path} (${system})`).join(", ");
  return `on file systems of this machine alone, as far as can be told: ${list}; the nodes have to ` +
    "have them by the same paths";
}
