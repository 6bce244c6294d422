import { meanOf } from "../../../base/stats/mean_of.ts";
import { METHODS } from "../../../learning/baselines/registry.ts";
import type { BootstrapOptions } from "../../../base/stats/bootstrap_mean.ts";
import { calibrationCells } from "./calibration_cells.ts";
import { cautionsOf } from "./cautions.ts";
import { distancePenalties } from "./distance_penalties.ts";
import { distancesOf } from "./distances.ts";
import { countedLabels } from "../../../formats/run_folder/counted_labels.ts";
import { columnsOf, type StudyColumns } from "./columns_of.ts";
import { BAD_DICE } from "../../../learning/evaluation/bad_dice.ts";
import { flagQualities } from "./flag_quality.ts";
import { emptyRules } from "./empty_rules.ts";
import { jobsOf } from "../plan/jobs_of.ts";
import type { JobResult } from "./open_study.ts";
import { StudyError } from "../plan/study_error.ts";
import type { StudyPlan } from "../plan/study_plan.ts";
import type {
  Cell,
  Comparison,
  MethodRow,
  MethodScores,
  SeverityCurve,
  StudySummary,
} from "./study_summary.ts";
import { surfaceScoresOf } from "./surface_scores.ts";
import { severityCells } from "./severity_cells.ts";
import { subjectScores, type VolumeScore } from "./subject_scores.ts";
import {
  averageScores,
  cellMean,
  cellOf,
  type CellScores,
  columnScores,
  compareScores,
  withHolm,
} from "./cell_scores.ts";

/** The name of the average among the columns of a row. */
const AVERAGE: unique symbol = Symbol("average");

/** A column by name, or the average. */
type Key = string | typeof AVERAGE;

/** A method's scores by column, before they are compared. */
type RowScores = ReadonlyMap<Key, CellScores>;

/** The finished runs of one method at one number of training subjects. */
interface RowResults {
  readonly method: string;
  readonly trainingSubjects: number | null;
  readonly results: readonly JobResult[];
}

/**
 * What the finished runs of a study say together. Pairs, intervals and tests are over subjects; see
 * {@linkcode subjectScores}. Flags and severities are those of the runs with the most training
 * subjects. While replicates are missing, each method is averaged over those that it has (`runs`).
 * The same runs give the same summary, to the last digit. A method of which no test subject has a
 * Dice in all sets has no row, and a caution says so.
 *
 * @param options Of the bootstrap: by default 95 % of 10 000 resamples.
 * @throws {StudyError} If no method has a test subject to sum up.
 * @throws {RangeError} If an option of the bootstrap is out of its range.
 */
export function summarise(
  plan: StudyPlan,
  results: readonly JobResult[],
  options: BootstrapOptions = {},
): StudySummary {
  const groups: RowResults[] = plan.methods.flatMap((method) =>
    plan.trainingSubjects.map((trainingSubjects) => ({
      method,
      trainingSubjects,
      results: results.filter(({ job }) =>
        job.method === method && job.trainingSubjects === trainingSubjects
      ),
    }))
  ).filter((group) => group.results.length > 0);
  const scores = columnsOf(
    groups.map(({ results }) => results.map(({ evaluation }) => evaluation)),
  );
  const { columns, crossColumns } = scores;
  const ftn = networkScores(plan, groups, scores, ({ ftn }) => ftn.mean, options);
  const stn = networkScores(plan, groups, scores, ({ stn }) => stn?.mean, options);
  const scoreless = groups.filter((_, n) => ftn[n] === undefined);
  if (scoreless.length > 0 && scoreless.length === groups.length) {
    throw new StudyError(
      `Cannot sum up ${scoreless.map(nameOfRow).join(", ")}: they share no test set, or no test ` +
        "subject has a Dice in all sets",
    );
  }
  // Of those that are done: runs with few subjects come first.
  const most = plan.trainingSubjects.findLast((count) =>
    groups.some(({ trainingSubjects }) => trainingSubjects === count)
  );
  const final = groups.filter(({ trainingSubjects }) => trainingSubjects === most);
  const inTable = new Set(columns.flatMap(({ sets }) => sets));
  return {
    plan,
    labels: countedLabels(results[0]?.evaluation),
    distancePenalties: distancePenalties(results.map(({ evaluation }) => evaluation)),
    empty: emptyRules(results.map(({ evaluation }) => evaluation)),
    given: [
      ...new Set(
        results.flatMap(({ job, evaluation }) =>
          evaluation.predictions === undefined ? [] : [job.method]
        ),
      ),
    ],
    done: results.length,
    jobs: jobsOf(plan).length,
    columns,
    crossColumns,
    rows: groups.flatMap((group, n) => {
      const own = ftn[n];
      return own === undefined ? [] : [rowOf(group, scores, own, stn[n])];
    }),
    badDice: BAD_DICE,
    distances: final.flatMap((group) => distancesOf(group, [...columns, ...crossColumns])),
    surfaceScores: final.flatMap((group) => surfaceScoresOf(group, [...columns, ...crossColumns])),
    calibration: final.flatMap((group) => calibrationCells(group, [...columns, ...crossColumns])),
    cautions: [
      ...scoreless.map((group) =>
        `${nameOfRow(group)} has no row: none of its test subjects has a Dice in all test sets.`
      ),
      ...cautionsOf(results.map(({ evaluation }) => evaluation)),
    ],
    flags: final.flatMap(({ method, results }) =>
      flagQualities(
        method,
        results.flatMap(({ evaluation }) =>
          evaluation.volumes.filter(({ set }) => inTable.has(set))
        ),
      )
    ),
    severities: final.flatMap(severityCurves),
    severityCells: severityCells(final, plan.methods[0], options),
  };
}

/** The title of a method; a name that is none, as a run's folder, stands for itself. */
export function methodTitle(name: string): string {
  return METHODS.find((method) => method.name === name)?.title ?? name;
}

function nameOfRow({ method, trainingSubjects }: RowResults): string {
  return trainingSubjects === null ? method : `${method} (${trainingSubjects} subjects)`;
}

function rowOf(
  { method, trainingSubjects, results }: RowResults,
  { columns }: StudyColumns,
  ftn: MethodScores,
  stn: MethodScores | undefined,
): MethodRow {
  const count = Math.max(
    0,
    ...results.flatMap(({ evaluation }) =>
      evaluation.volumes.map(({ passes }) => passes?.length ?? 0)
    ),
  );
  const passes = Array.from({ length: count }, (_, pass) => {
    const scores = scoresOf(results, { columns, crossColumns: [] }, ({ passes }) => passes?.[pass]);
    return cellMean(scores.get(AVERAGE)!);
  });
  return {
    method,
    title: methodTitle(method),
    trainingSubjects,
    runs: results.length,
    ftn,
    ...(stn === undefined ? {} : { stn }),
    ...(passes.length === 0 ? {} : { passes }),
  };
}

/** The cells of each group for one network; undefined for a group that lacks it. */
function networkScores(
  plan: StudyPlan,
  groups: readonly RowResults[],
  columns: StudyColumns,
  score: VolumeScore,
  options: BootstrapOptions,
): (MethodScores | undefined)[] {
  const scores = groups.map(({ results }) => scoresOf(results, columns, score));
  const comparisons = groups.map(() => new Map<Key, Comparison>());
  const keys = [...columns.columns, ...columns.crossColumns].map(({ name }) => name);
  for (const count of plan.trainingSubjects) {
    const rows = groups.map((group, n) => ({ ...group, n }))
      .filter(({ trainingSubjects }) => trainingSubjects === count);
    const reference = rows.find(({ method }) => method === plan.methods[0]);
    if (reference === undefined) continue;
    const others = rows.filter((row) => row !== reference);
    for (const key of [...keys, AVERAGE] as readonly Key[]) {
      const base = { name: reference.method, scores: scores[reference.n]!.get(key)! };
      withHolm(others.map(({ n }) => compareScores(scores[n]!.get(key)!, base, options)))
        .forEach((comparison, place) => {
          if (comparison) comparisons[others[place]!.n]!.set(key, comparison);
        });
    }
  }
  return scores.map((row, n) => {
    const cell = (key: Key): Cell | undefined => {
      const plain = cellOf(row.get(key)!, options);
      const comparison = comparisons[n]!.get(key);
      return plain && { ...plain, ...(comparison === undefined ? {} : { comparison }) };
    };
    const average = cell(AVERAGE);
    if (average === undefined) return undefined;
    const cells = keys.flatMap((key) => {
      const one = cell(key);
      return one === undefined ? [] : [[key, one] as const];
    });
    return { cells: Object.fromEntries(cells), average };
  });
}

function scoresOf(
  results: readonly JobResult[],
  { columns, crossColumns }: StudyColumns,
  score: VolumeScore,
): RowScores {
  const byColumn = new Map(
    [...columns, ...crossColumns].map((column) =>
      [column.name, subjectScores(results, column, score)] as const
    ),
  );
  const average = columns.length === 0
    ? { strata: [], replicates: [] }
    : averageScores(columns, byColumn);
  return new Map<Key, CellScores>([
    ...[...byColumn].map(([name, scores]) => [name, columnScores(scores)] as const),
    [AVERAGE, average],
  ]);
}

/** The mean curve of each artifact over the replicates that measured it. */
function severityCurves({ method, results }: RowResults): SeverityCurve[] {
  const measured = results.flatMap(({ evaluation }) =>
    evaluation.severities === undefined ? [] : [evaluation.severities.dice]
  );
  return Object.keys(measured[0] ?? {}).map((artifact) => {
    const curves = measured.flatMap((dice) => dice[artifact] ?? []);
    const meanCurve = (all: readonly (readonly number[])[]) =>
      all[0]!.map((_, severity) => meanOf(all.map((curve) => curve[severity]!)));
    const stn = curves.flatMap((curve) => curve.stn === undefined ? [] : [curve.stn]);
    return {
      method,
      artifact,
      ftn: meanCurve(curves.map((curve) => curve.ftn)),
      ...(stn.length === 0 ? {} : { stn: meanCurve(stn) }),
    };
  });
}
