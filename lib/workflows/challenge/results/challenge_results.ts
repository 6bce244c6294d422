import { meanOf } from "../../../base/stats/mean_of.ts";
import type { BootstrapOptions } from "../../../base/stats/bootstrap_mean.ts";
import type { Evaluation } from "../../../formats/run_folder/evaluation.ts";
import { type Metric, metricsOf } from "./metrics.ts";
import {
  compareRobustness,
  correctedTests,
  type GradedSet,
  type Robustness,
  robustnessOf,
  type RobustnessTest,
  type SubjectScoresBySet,
} from "./robustness.ts";

/** A model with its scores. */
export interface ScoredModel {
  readonly name: string;
  readonly source: string;
  /** Absent where nothing of it could be scored. */
  readonly evaluation?: Evaluation;
}

/** What one metric says of all models. */
export interface MetricResults {
  /** The metric's name in tables and files, as `nsd2mm`. */
  readonly id: string;
  /** Its name for people, with its unit. */
  readonly title: string;
  /** Whether a larger value is a better one. */
  readonly higherIsBetter: boolean;
  /** What one has to know to read it. */
  readonly note?: string;
  /** One entry a model that has scores, in the order of the challenge; the first is the reference. */
  readonly models: readonly {
    /** The model's name. */
    readonly name: string;
    /** Its scores on clean and corrupted volumes. */
    readonly robustness: Robustness;
    /** Scores that it lacks, of those that any model has, by subject and set: its means are of others. */
    readonly missing: number;
    /** Against the first model; absent for itself. */
    readonly tests?: readonly RobustnessTest[];
  }[];
}

/** What a challenge came to. */
export interface ChallengeResults {
  /** The suite's name. */
  readonly suite: string;
  /** Seed of the suite's draws. */
  readonly seed: number;
  /** The program and version that made the volumes, as `tandem 0.1.0`. */
  readonly madeBy: string;
  /** Names of the labels that were scored, in the order of their classes; empty where nothing was. */
  readonly labels: readonly string[];
  /** The corrupted sets of the suite, the clean one left out. */
  readonly sets: readonly GradedSet[];
  /** The model that the others are tested against: the first that has scores. */
  readonly reference: string | null;
  /** Every model that took part, in the order in which they came. */
  readonly models: readonly { readonly name: string; readonly source: string }[];
  /** How many volumes of how many have scores, by model. */
  readonly scored: Readonly<Record<string, number>>;
  /** Volumes in all sets together, of which `scored` counts. */
  readonly volumes: number;
  /** What each metric says; empty where no model has scores. */
  readonly metrics: readonly MetricResults[];
}

/** Measures all models by all metrics. */
export function challengeResults(
  given: readonly ScoredModel[],
  about: Pick<ChallengeResults, "suite" | "seed" | "madeBy" | "sets" | "volumes">,
  options: BootstrapOptions = {},
): ChallengeResults {
  const models = given.filter((model): model is Required<ScoredModel> =>
    model.evaluation !== undefined
  );
  const metrics = models.length === 0 ? [] : metricsOf(models.map(({ evaluation }) => evaluation));
  return {
    ...about,
    labels: models[0]?.evaluation.labels ?? [],
    reference: models[0]?.name ?? null,
    models: given.map(({ name, source }) => ({ name, source })),
    scored: Object.fromEntries(
      given.map(({ name, evaluation }) => [name, evaluation?.volumes.length ?? 0]),
    ),
    metrics: metrics.map((metric) => metricResults(metric, models, about.sets, options)),
  };
}

function metricResults(
  metric: Metric,
  models: readonly Required<ScoredModel>[],
  sets: readonly GradedSet[],
  options: BootstrapOptions,
): MetricResults {
  const { id, title, higherIsBetter, note } = metric;
  const scores = models.map(({ evaluation }) => subjectScores(evaluation, metric));
  const tests = correctedTests(
    scores.slice(1).map((own) => compareRobustness(own, scores[0]!, sets, higherIsBetter, options)),
  );
  const cellsOf = (own: SubjectScoresBySet) =>
    [...own].flatMap(([set, subjects]) =>
      [...subjects.keys()].map((subject) => JSON.stringify([set, subject]))
    );
  const known = new Set(scores.flatMap(cellsOf));
  return {
    ...{ id, title, higherIsBetter, ...note !== undefined && { note } },
    models: models.map(({ name }, n) => ({
      name,
      robustness: robustnessOf(scores[n]!, sets, higherIsBetter, options),
      missing: known.size - cellsOf(scores[n]!).length,
      ...n > 0 && { tests: tests[n - 1]! },
    })),
  };
}

/** A subject's score in a set is the mean over its volumes there. */
function subjectScores({ volumes }: Evaluation, metric: Metric): SubjectScoresBySet {
  return new Map(
    [...Map.groupBy(volumes, ({ set }) => set)].map(([set, own]) => [
      set,
      new Map(
        [...Map.groupBy(own, ({ subject }) => subject)].flatMap(([subject, theirs]) => {
          const known = theirs.map((volume) => metric.of(volume))
            .filter((value) => value !== null && value !== undefined);
          return known.length === 0 ? [] : [[subject, meanOf(known)] as const];
        }),
      ),
    ]),
  );
}
