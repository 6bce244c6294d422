import { meanOf } from "../../../base/stats/mean_of.ts";
import { RandomStream } from "../../../base/random/random_stream.ts";
import type { BootstrapOptions } from "../../../base/stats/bootstrap_mean.ts";
import { bootstrapStrata } from "../../../base/stats/bootstrap_strata.ts";
import { standardDeviation } from "../../../base/stats/descriptives.ts";
import { rankBiserial } from "../../../base/stats/effect_sizes.ts";
import { holm } from "../../../base/stats/holm.ts";
import { wilcoxonSignedRank } from "../../../base/stats/wilcoxon_signed_rank.ts";
import type { Cell, Column, Comparison } from "./study_summary.ts";
import { isOther, type SubjectScores } from "./subject_scores.ts";

/** What a cell is made of: one column's subjects, or those of several columns. */
export interface CellScores {
  /** Subjects that are resampled among themselves; the weight is the number of their columns. */
  readonly strata: readonly {
    readonly subjects: ReadonlyMap<string, number>;
    readonly weight: number;
  }[];
  /** The cell's mean by replicate, without replicates that lack a column. */
  readonly replicates: readonly number[];
}

/** The scores of a single column: one stratum of weight 1, or none where it has no subject. */
export function columnScores({ subjects, replicates }: SubjectScores): CellScores {
  return {
    strata: subjects.size === 0 ? [] : [{ subjects, weight: 1 }],
    replicates: replicates.filter((mean) => mean !== null),
  };
}

/**
 * The scores of the average of columns, each of equal weight. The run's own test subjects are in the
 * intra-domain column and, corrupted, in others: they form one stratum, in which each has the mean
 * of its columns. Those of other domains, and of predictions made elsewhere, form the second.
 */
export function averageScores(
  columns: readonly Column[],
  byColumn: ReadonlyMap<string, SubjectScores>,
): CellScores {
  const own = columns.filter(({ kind }) => !isOther(kind));
  const cross = columns.filter(({ kind }) => isOther(kind));
  const strata = [own, cross].filter((part) => part.length > 0).map((part) => {
    const scores = part.map(({ name }) => byColumn.get(name)!.subjects);
    const inAll = [...scores[0]!.keys()].filter((subject) =>
      scores.every((column) => column.has(subject))
    );
    const subjects = new Map(
      inAll.map((subject) => [subject, meanOf(scores.map((column) => column.get(subject)!))]),
    );
    return { subjects, weight: part.length };
  });
  const replicates = byColumn.get(columns[0]!.name)!.replicates.map((_, replicate) =>
    columns.map(({ name }) => byColumn.get(name)!.replicates[replicate] ?? null)
  );
  return {
    strata: strata.some(({ subjects }) => subjects.size === 0) ? [] : strata,
    replicates: replicates.flatMap((means) =>
      means.every((mean) => mean !== null) ? [meanOf(means)] : []
    ),
  };
}

/** The mean of scores without its interval; NaN where there is no subject. */
export function cellMean({ strata }: CellScores): number {
  const weights = strata.reduce((sum, { weight }) => sum + weight, 0);
  return strata.reduce(
    (sum, { subjects, weight }) => sum + weight * meanOf([...subjects.values()]),
    0,
  ) / weights;
}

/**
 * A cell without comparison; undefined where there is no subject, without interval where a stratum has
 * just one.
 *
 * @throws {RangeError} If an option is out of its range.
 */
export function cellOf(scores: CellScores, options: BootstrapOptions): Cell | undefined {
  const { strata, replicates } = scores;
  if (strata.length === 0) return undefined;
  const samples = strata.map(({ subjects, weight }) => ({
    scores: [...subjects.values()],
    weight,
  }));
  const enough = samples.every(({ scores }) => scores.length > 1);
  const interval = enough
    ? bootstrapStrata(samples, bootstrapStream(), options)
    : { mean: cellMean(scores), low: null, high: null };
  return {
    ...interval,
    replicateSd: replicates.length < 2 ? null : standardDeviation(replicates),
    subjects: samples.reduce((sum, { scores }) => sum + scores.length, 0),
  };
}

/**
 * The difference from the reference's scores, before Holm's correction; undefined where a stratum
 * shares fewer than two subjects. Difference and interval weigh the strata as the mean does; test
 * and effect size are over the subjects of all strata, each counting once. The effect size is 0 where
 * no pair differs.
 *
 * @throws {RangeError} If an option is out of its range.
 */
export function compareScores(
  scores: CellScores,
  reference: { readonly name: string; readonly scores: CellScores },
  options: BootstrapOptions,
): Comparison | undefined {
  const pairs = scores.strata.map(({ subjects, weight }, n) => {
    const others = reference.scores.strata[n]?.subjects;
    const shared = [...subjects.keys()].filter((subject) => others?.has(subject));
    return {
      weight,
      first: shared.map((subject) => subjects.get(subject)!),
      second: shared.map((subject) => others!.get(subject)!),
    };
  });
  if (pairs.length === 0 || pairs.some(({ first }) => first.length < 2)) return undefined;
  const differences = pairs.map(({ weight, first, second }) => ({
    scores: first.map((score, n) => score - second[n]!),
    weight,
  }));
  const { mean: difference, low, high } = bootstrapStrata(
    differences,
    bootstrapStream(),
    options,
  );
  const first = pairs.flatMap((pair) => pair.first);
  const second = pairs.flatMap((pair) => pair.second);
  const { pValue, differing } = wilcoxonSignedRank(first, second);
  return {
    reference: reference.name,
    ...{ difference, low, high, pValue, holmPValue: pValue },
    rankBiserial: differing === 0 ? 0 : rankBiserial(first, second),
    subjects: first.length,
  };
}

/** Corrects the comparisons of one column over its methods; those that are undefined count for nothing. */
export function withHolm(comparisons: readonly (Comparison | undefined)[]): typeof comparisons {
  const corrected = holm(comparisons.flatMap((comparison) => comparison?.pValue ?? []));
  let place = 0;
  return comparisons.map((comparison) =>
    comparison && { ...comparison, holmPValue: corrected[place++]! }
  );
}

/** The same draws for every cell, so that a study's summary is the same each time. */
function bootstrapStream(): RandomStream {
  return RandomStream.fromSeed(0).stream("study summary");
}
