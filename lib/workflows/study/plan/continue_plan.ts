import { jobsOf } from "./jobs_of.ts";
import { StudyError } from "./study_error.ts";
import { loadPlan, type StudyFolder } from "./study_folder.ts";
import type { StudyPlan } from "./study_plan.ts";

/** A plan to go on with, and what it has more than the one before. */
export interface ContinuedPlan {
  readonly plan: StudyPlan;
  /** What was added, as a person reads it; none where nothing was. */
  readonly added: readonly string[];
}

/**
 * The plan that a folder's study has from now on: the one asked for where it is new, otherwise as
 * {@linkcode continuePlan}. Writes nothing.
 *
 * @throws {StudyError} As `continuePlan`, or if the folder holds something, but no study.
 */
export async function planIn(folder: StudyFolder, asked: StudyPlan): Promise<ContinuedPlan> {
  const before = await loadPlan(folder);
  if (before !== undefined) return continuePlan(folder.dir, before, asked);
  const found = await contentOf(folder.dir);
  if (found === undefined) return { plan: asked, added: [] };
  throw new StudyError(
    `Cannot begin a study in ${folder.dir}: it holds ${found}, but no study.json; wanted a new or ` +
      "empty folder, or one of a study",
  );
}

/** Something in a folder; undefined where it is empty or not there. Hidden files do not count. */
async function contentOf(dir: string): Promise<string | undefined> {
  try {
    for await (const { name } of Deno.readDir(dir)) if (!name.startsWith(".")) return name;
  } catch (error) {
    const { NotADirectory, NotFound } = Deno.errors;
    if (!(error instanceof NotFound || error instanceof NotADirectory)) throw error;
  }
  return undefined;
}

/**
 * The plan of a study that goes on: methods, replicates and numbers of training subjects may be
 * added, in any order; what the study had, it keeps.
 *
 * @param dir What errors call the study.
 * @throws {StudyError} If the settings or tests are others, with the first that differs.
 */
export function continuePlan(dir: string, before: StudyPlan, asked: StudyPlan): ContinuedPlan {
  // where runs are told of besides, and where prepared cases are kept, changes none of them
  const { tracking: there, ...earlier } = before.settings;
  const { tracking: here, ...wanted } = asked.settings;
  const cache = wanted.data?.cache;
  const settings = earlier.data && cache !== undefined
    ? { ...earlier, data: { ...earlier.data, cache } }
    : earlier;
  const tracking = here?.mlflow ? here : there;
  const parts = [["settings", settings, wanted], ["tests", before.tests, asked.tests]] as const;
  for (const [part, own, other] of parts) {
    const difference = firstDifference(own, other, part);
    if (difference === undefined) continue;
    throw new StudyError(
      `Cannot go on with the study in ${dir}: ${difference}; a study keeps its settings, ` +
        "wanted the same or another folder",
    );
  }
  const plan = {
    ...before,
    settings: { ...settings, ...tracking && { tracking } },
    methods: union(before.methods, asked.methods),
    replicates: union(before.replicates, asked.replicates),
    trainingSubjects: union(before.trainingSubjects, asked.trainingSubjects)
      .toSorted((a, b) => (a ?? Infinity) - (b ?? Infinity)),
  };
  const known = new Set(jobsOf(before).map(({ id }) => id));
  const more = jobsOf(plan).filter(({ id }) => !known.has(id)).length;
  const methods = plan.methods.slice(before.methods.length);
  const seeds = plan.replicates.slice(before.replicates.length).map(({ seed }) => seed);
  return {
    plan,
    added: [
      ...methods.length === 0 ? [] : [`methods ${methods.join(", ")}`],
      ...seeds.length === 0 ? [] : [`replicates of seed ${seeds.join(", ")}`],
      ...more === 0 ? [] : [`${more} runs in all`],
    ],
  };
}

/** Both without what occurs twice; plain JSON. */
function union<T>(before: readonly T[], asked: readonly T[]): T[] {
  const known = new Set(before.map((item) => JSON.stringify(item)));
  return [...before, ...asked.filter((item) => !known.has(JSON.stringify(item)))];
}

/** Where two JSON values differ first, as "settings.data.size is 96 there and 64 here". */
function firstDifference(before: unknown, asked: unknown, path: string): string | undefined {
  if (isSection(before) && isSection(asked)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(asked)])) {
      const difference = firstDifference(before[key], asked[key], `${path}.${key}`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  const [there, here] = [before, asked].map((value) => JSON.stringify(value));
  return there === here ? undefined : `${path} is ${there} there and ${here} here`;
}

function isSection(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
