import { shellWord } from "../../../base/text/shell_word.ts";
import { basename, resolve } from "../../../base/deps/std.ts";
import type { BootstrapOptions } from "../../../base/stats/bootstrap_mean.ts";
import { listed } from "../../../imaging/data/layouts/read_list.ts";
import { EMPTY_TEXTS } from "../../../names.ts";
import { distancePenalties } from "./distance_penalties.ts";
import { emptyRules } from "./empty_rules.ts";
import { type JobResult, openStudy } from "./open_study.ts";
import { StudyError } from "../plan/study_error.ts";
import type { StudyPlan } from "../plan/study_plan.ts";
import type { StudySummary } from "./study_summary.ts";
import { summarise } from "./summarise.ts";

/**
 * Compares single runs, or scored predictions, as if each were a method, named after its folder, on the
 * volumes that all of them were tested on. The first run is what the others are tested against. Runs of several seeds or
 * folds are not averaged: that is what a study is for.
 *
 * @param dirs Folders of runs or of scores, at least two.
 * @param options Of the bootstrap: by default 95 % of 10 000 resamples.
 * @throws {StudyError} If a folder holds no evaluated run, two are the same, they share no volume, or
 * took Dice on different grids, by different rules for a class in neither mask, on phantoms of different
 * seeds, or on other voxels of the same names.
 * @throws {ConfigError} If the configuration of a run is no valid one.
 */
export async function compareRuns(
  dirs: readonly string[],
  options: BootstrapOptions = {},
): Promise<StudySummary> {
  if (dirs.length < 2) {
    throw new StudyError(`Cannot compare ${dirs.length} run: wanted at least two run folders`);
  }
  const places = dirs.map((dir) => resolve(dir));
  const twice = places.find((dir, n) => places.indexOf(dir) !== n);
  if (twice !== undefined) throw new StudyError(`Cannot compare ${twice} with itself`);
  const names = places.map((dir) => basename(dir));
  // Runs of one name in two folders are told apart by their paths.
  const unique = new Set(names).size === names.length ? names : places;
  const opened = await Promise.all(dirs.map(openRun));
  refuseOtherHearts(opened, dirs);
  const evaluated = asOneKind(opened.map(({ result }) => result));
  refuseOtherVoxels(evaluated, dirs);
  refuseOtherRules(evaluated, dirs);
  const results = sharedVolumes(evaluated, dirs).map((result, n) => ({
    ...result,
    job: { ...result.job, method: unique[n]!, trainingSubjects: null },
  }));
  return summarise(
    {
      preset: "compare",
      methods: unique,
      replicates: [{ seed: 0, split: null, fold: null }],
      trainingSubjects: [null],
      tests: [],
      settings: {},
    },
    results,
    options,
  );
}

/** A run with the settings that say what its test subjects are. */
interface OpenedRun {
  readonly result: JobResult;
  readonly settings: StudyPlan["settings"];
}

async function openRun(dir: string): Promise<OpenedRun> {
  const { plan, results } = await openStudy(dir);
  if (plan.preset !== "run" && plan.preset !== "scores") {
    throw new StudyError(`Cannot compare ${dir}: it is a study, wanted the folders of its runs`);
  }
  if (results[0] === undefined) {
    throw new StudyError(
      `Cannot compare ${dir}: it holds no evaluation; go on with train --resume ${shellWord(dir)}`,
    );
  }
  return { result: results[0], settings: plan.settings };
}

/** Predictions made elsewhere do not tell what their sets are to them: they are what runs call them. */
function asOneKind(results: readonly JobResult[]): JobResult[] {
  const known = new Map(
    results.flatMap(({ evaluation }) =>
      Object.entries(evaluation.sets).flatMap(([name, { kind }]) =>
        kind === "given" ? [] : [[name, kind] as const]
      )
    ),
  );
  return results.map((result) => ({
    ...result,
    evaluation: {
      ...result.evaluation,
      sets: Object.fromEntries(
        Object.entries(result.evaluation.sets).map(([name, set]) => [
          name,
          set.kind === "given" ? { ...set, kind: known.get(name) ?? set.kind } : set,
        ]),
      ),
    },
  }));
}

/** Refuses evaluations by different rules, where these make a difference. */
function refuseOtherRules(results: readonly JobResult[], dirs: readonly string[]): void {
  const evaluations = results.map(({ evaluation }) => evaluation);
  if (distancePenalties(evaluations).length > 1) {
    const counts = evaluations.map(({ distancePenaltyMm: mm }, n) =>
      `${mm === undefined ? "is left out" : `counts as ${mm} mm`} in ${dirs[n]}`
    );
    throw new StudyError(
      `Cannot compare them: a distance that a missed class lacks ${
        counts.join(", ")
      }; evaluate them ` +
        "alike (evaluation.distancePenalty)",
    );
  }
  if (emptyRules(evaluations).length < 2) return;
  const told = results.map(({ evaluation }, n) => `${EMPTY_TEXTS[evaluation.empty]} in ${dirs[n]}`);
  throw new StudyError(
    `Cannot compare them: a class in neither mask ${told.join(", ")}; evaluate them by one rule ` +
      "(evaluation.empty)",
  );
}

/** Phantoms of two seeds are other hearts of the same names. */
function refuseOtherHearts(opened: readonly OpenedRun[], dirs: readonly string[]): void {
  const seeds = opened.map(({ settings: { data, phantom } }) =>
    data?.dir === null ? phantom?.seed : undefined
  );
  const other = seeds.findIndex((seed) => seed !== undefined && seed !== seeds[0]);
  if (other <= 0 || seeds[0] === undefined) return;
  throw new StudyError(
    `Cannot compare ${dirs[0]} with ${dirs[other]}: phantom.seed is ${seeds[0]} in one and ` +
      `${seeds[other]} in the other, so they were tested on other hearts`,
  );
}

/** Refuses runs that were tested on other voxels or labels under the same names, all of them told. */
function refuseOtherVoxels(results: readonly JobResult[], dirs: readonly string[]): void {
  const [first, ...others] = results.map(({ evaluation }) =>
    new Map(evaluation.volumes.map((volume) => [keyOf(volume), volume]))
  );
  // Runs of other tasks have other classes in the same labels.
  const tasks = results.map(({ evaluation }) => JSON.stringify(evaluation.labels));
  others.forEach((volumes, n) => {
    const sameTask = tasks[0] === tasks[n + 1];
    const differing = [...volumes].flatMap(([key, { set, id, content, labelContent }]) => {
      const known = first!.get(key);
      if (differ(known?.content, content)) return [`${id} of ${set}`];
      return sameTask && differ(known?.labelContent, labelContent)
        ? [`the label of ${id} of ${set}`]
        : [];
    });
    if (differing.length === 0) return;
    throw new StudyError(
      `Cannot compare ${dirs[0]} with ${dirs[n + 1]}: they were tested on other voxels under the ` +
        `same names: ${listed(differing, ", ")}`,
    );
  });
}

/** Evaluations from before contents were kept have none. */
const differ = (a: string | undefined, b: string | undefined) =>
  a !== undefined && b !== undefined && a !== b;

const keyOf = ({ set, id }: { set: string; id: string }) => JSON.stringify([set, id]);

/** The results, reduced to the volumes that are in all of them. */
function sharedVolumes(results: readonly JobResult[], dirs: readonly string[]): JobResult[] {
  const grids = results.map(({ evaluation }) => evaluation.grid);
  const other = grids.findIndex((grid) => grid !== grids[0]);
  if (other > 0) {
    throw new StudyError(
      `Cannot compare ${dirs[0]} with ${dirs[other]}: Dice is of the ${grids[0]} grid in one and ` +
        `the ${grids[other]} grid in the other`,
    );
  }
  const known = results.map(({ evaluation }) => new Set(evaluation.volumes.map(keyOf)));
  const shared = results.map((result) => {
    const volumes = result.evaluation.volumes.filter((volume) =>
      known.every((keys) => keys.has(keyOf(volume)))
    );
    const names = new Set(volumes.map(({ set }) => set));
    const sets = Object.fromEntries(
      Object.entries(result.evaluation.sets).filter(([name]) => names.has(name)),
    );
    return { ...result, evaluation: { ...result.evaluation, sets, volumes } };
  });
  if (shared[0]!.evaluation.volumes.length === 0) {
    throw new StudyError(
      `Cannot compare ${dirs.join(", ")}: they were tested on no volume in common`,
    );
  }
  return shared;
}
