/** What suites say of models: ROOD-MRI's measures with intervals over subjects, and paired tests. */
import { RandomStream } from "../../../base/random/random_stream.ts";
import type { BootstrapOptions } from "../../../base/stats/bootstrap_mean.ts";
import { bootstrapStatistics } from "../../../base/stats/bootstrap_statistics.ts";
import { rankBiserial } from "../../../base/stats/effect_sizes.ts";
import { holm } from "../../../base/stats/holm.ts";
import { meanOf } from "../../../base/stats/mean_of.ts";
import { degradation, overallScore } from "../../../base/stats/severity_weighted.ts";
import { wilcoxonSignedRank } from "../../../base/stats/wilcoxon_signed_rank.ts";

/** A set of a suite. */
export interface GradedSet {
  /** The set's name, which is that of its folder. */
  readonly name: string;
  /** What corrupts it. */
  readonly transform: string;
  /** 1 to 5; 0 where it has none. */
  readonly severity: number;
}

/** The scores of a model by set and subject; the clean ones in the set `clean`. */
export type SubjectScoresBySet = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** A number with its interval; null where a set has no score, or too few subjects. */
export interface Estimate {
  /** Mean over subjects. */
  readonly mean: number | null;
  /** Lower end of the interval. */
  readonly low: number | null;
  /** Upper end of the interval. */
  readonly high: number | null;
}

/** What one metric says of one model. */
export interface Robustness {
  /** Subjects that have a score in any set. */
  readonly subjects: number;
  /** Score on the clean set. */
  readonly clean: Estimate;
  /** See `overallScore`; the mean over transforms. */
  readonly overall: Estimate;
  /** See `degradation`; the mean over transforms. */
  readonly degradation: Estimate;
  /** The same of each transform, in the order of the suite. */
  readonly transforms: readonly TransformRobustness[];
}

/** The same of one transform. */
export interface TransformRobustness {
  /** The transform's name, as the suite's sets have it. */
  readonly transform: string;
  /** See `overallScore`, of its severities. */
  readonly overall: Estimate;
  /** See `degradation`, of its severities. */
  readonly degradation: Estimate;
  /** Mean scores by severity, 0 being clean; null where there is none. */
  readonly curve: readonly { readonly severity: number; readonly mean: number | null }[];
}

/** The measures that models are tested by. */
export const MEASURES = ["clean", "overall", "degradation"] as const satisfies readonly Measure[];
/** What models are tested by: their clean score, their overall score, or their degradation. */
export type Measure = "clean" | "overall" | "degradation";

/** How two models differ, over the subjects that have a score in every set that is measured, of both. */
export interface RobustnessTest {
  /** What is compared. */
  readonly measure: Measure;
  /** The model's less the reference's. */
  readonly difference: number | null;
  /** Lower end of the bootstrap interval of the difference. */
  readonly low: number | null;
  /** Upper end of the bootstrap interval of the difference. */
  readonly high: number | null;
  /** Wilcoxon's signed-rank test over subjects with a score in every set of both, 0-1. */
  readonly pValue: number | null;
  /** Corrected over the models of a metric and measure. */
  readonly holmPValue: number | null;
  /**
   * Matched-pairs rank-biserial correlation, -1 to 1; above 0 where the model's values are larger, null where
   * there are fewer than two subjects.
   */
  readonly rankBiserial: number | null;
  /** Those of the test. */
  readonly subjects: number;
}

const CLEAN = "clean";

/**
 * Measures a model: means over subjects first, then each transform over its severities, then over
 * transforms.
 *
 * @param sets Those of the suite, clean left out.
 * @param options Of the bootstrap over subjects: by default 95 % of 10 000 resamples.
 */
export function robustnessOf(
  scores: SubjectScoresBySet,
  sets: readonly GradedSet[],
  higherIsBetter: boolean,
  options: BootstrapOptions = {},
): Robustness {
  const table = tableOf(scores, sets, higherIsBetter);
  const { subjects, transforms } = table;
  const means = table.measure(everyone(subjects.length));
  const intervals = subjects.length < 2
    ? []
    : bootstrapStatistics(subjects.length, table.measure, stream(), options);
  const estimate = (n: number): Estimate => ({
    mean: finite(means[n]),
    low: intervals[n]?.low ?? null,
    high: intervals[n]?.high ?? null,
  });
  const byCell = table.means(everyone(subjects.length));
  return {
    subjects: subjects.length,
    ...{ clean: estimate(0), overall: estimate(1), degradation: estimate(2) },
    transforms: transforms.map(({ transform, cells }, n) => ({
      transform,
      overall: estimate(3 + 2 * n),
      degradation: estimate(4 + 2 * n),
      curve: [
        { severity: 0, mean: finite(byCell[0]) },
        ...cells.map(({ severity, cell }) => ({ severity, mean: finite(byCell[cell]) })),
      ],
    })),
  };
}

/**
 * Tests a model against another one by every measure, before Holm's correction (`withHolm`).
 *
 * @param options As for {@linkcode robustnessOf}.
 */
export function compareRobustness(
  scores: SubjectScoresBySet,
  reference: SubjectScoresBySet,
  sets: readonly GradedSet[],
  higherIsBetter: boolean,
  options: BootstrapOptions = {},
): RobustnessTest[] {
  const others = new Set(subjectsOf(reference));
  const shared = subjectsOf(scores).filter((subject) => others.has(subject));
  const [first, second] = [scores, reference].map((own) =>
    tableOf(own, sets, higherIsBetter, shared)
  );
  const alone = shared.map((_, n) => {
    const drawn = new Uint32Array(shared.length);
    drawn[n] = 1;
    return [first!.measure(drawn), second!.measure(drawn)] as const;
  });
  // By these alone: a model that failed on hard subjects must not be taken for better by the easy ones.
  const differencesOver = (complete: readonly number[]) => {
    const differ = (drawn: Uint32Array) => {
      const counts = new Uint32Array(shared.length);
      complete.forEach((subject, i) => counts[subject] = drawn[i]!);
      const [a, b] = [first!.measure(counts), second!.measure(counts)];
      return MEASURES.map((_, n) => a[n]! - b[n]!);
    };
    return {
      means: differ(everyone(complete.length)),
      intervals: complete.length < 2
        ? []
        : bootstrapStatistics(complete.length, differ, stream(), options),
    };
  };
  // mostly one set of subjects for all measures
  const known = new Map<string, ReturnType<typeof differencesOver>>();
  return MEASURES.map((measure, n): RobustnessTest => {
    const complete = shared.flatMap((_, i) =>
      alone[i]!.every((own) => Number.isFinite(own[n])) ? [i] : []
    );
    const pairs = complete.map((i) => [alone[i]![0][n]!, alone[i]![1][n]!] as const);
    const key = complete.join(), found = known.get(key) ?? differencesOver(complete);
    known.set(key, found);
    const [a, b] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)];
    const test = pairs.length < 2 ? undefined : wilcoxonSignedRank(a, b);
    return {
      measure,
      difference: finite(found.means[n]),
      low: found.intervals[n]?.low ?? null,
      high: found.intervals[n]?.high ?? null,
      pValue: test?.pValue ?? null,
      holmPValue: test?.pValue ?? null,
      rankBiserial: test === undefined ? null : test.differing === 0 ? 0 : rankBiserial(a, b),
      subjects: pairs.length,
    };
  });
}

/** Corrects the tests of several models against one, measure by measure. */
export function correctedTests(tests: readonly (readonly RobustnessTest[])[]): RobustnessTest[][] {
  const corrected = new Map(MEASURES.map((measure) => {
    const own = tests.flat().filter((test) => test.measure === measure && test.pValue !== null);
    const values = holm(own.map(({ pValue }) => pValue!));
    return [measure, new Map(own.map((test, n) => [test, values[n]!]))];
  }));
  return tests.map((own) =>
    own.map((test) => ({
      ...test,
      holmPValue: corrected.get(test.measure)!.get(test) ?? null,
    }))
  );
}

/** Scores as cells of sets, and what they come to over some drawn subjects. */
interface ScoreTable {
  readonly subjects: readonly string[];
  readonly transforms: readonly {
    readonly transform: string;
    readonly cells: readonly { readonly severity: number; readonly cell: number }[];
  }[];
  /** The mean of each cell over drawn subjects, clean first; NaN where there is none. */
  means(drawn: Uint32Array): readonly number[];
  /** Clean, overall, degradation; then both of each transform. */
  measure(drawn: Uint32Array): readonly number[];
}

function tableOf(
  scores: SubjectScoresBySet,
  sets: readonly GradedSet[],
  higherIsBetter: boolean,
  subjects: readonly string[] = subjectsOf(scores),
): ScoreTable {
  const cells = [CLEAN, ...sets.map(({ name }) => name)].map((name) =>
    Float64Array.from(subjects, (subject) => scores.get(name)?.get(subject) ?? NaN)
  );
  const graded = sets.map((set, n) => ({ ...set, cell: n + 1 }));
  const transforms = [...Map.groupBy(graded, ({ transform }) => transform)]
    .map(([transform, own]) => ({
      transform,
      cells: own.map(({ severity, cell }) => ({ severity, cell }))
        .toSorted((a, b) => a.severity - b.severity),
    }));
  const means = (drawn: Uint32Array) =>
    cells.map((cell) => {
      let sum = 0, count = 0;
      for (let n = 0; n < cell.length; n++) {
        if (drawn[n] === 0 || Number.isNaN(cell[n])) continue;
        sum += drawn[n]! * cell[n]!;
        count += drawn[n]!;
      }
      return sum / count;
    });
  const measure = (drawn: Uint32Array) => {
    const found = means(drawn), clean = found[0]!;
    const both = transforms.map(({ cells }) => {
      const own = cells.map(({ severity, cell }) => ({ severity, score: found[cell]! }));
      return [overallScore(clean, own), degradation(clean, own, { higherIsBetter })] as const;
    });
    return [clean, meanOf(both.map(([a]) => a)), meanOf(both.map(([, b]) => b)), ...both.flat()];
  };
  return { subjects, transforms, means, measure };
}

function subjectsOf(scores: SubjectScoresBySet): string[] {
  return [...new Set([...scores.values()].flatMap((own) => [...own.keys()]))].sort();
}

function everyone(subjects: number): Uint32Array {
  return new Uint32Array(subjects).fill(1);
}

function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null;
}

/** The same draws for every model and metric. */
function stream(): RandomStream {
  return RandomStream.fromSeed(0).stream("challenge");
}
