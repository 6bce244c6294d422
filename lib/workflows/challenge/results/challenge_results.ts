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
export interface MetricResults extends Pick<Metric, "id" | "title" | "higherIsBetter" | "note"> {
  readonly models: readonly {
    readonly name: string;
    readonly robustness: Robustness;
    /** Against the first model; absent for itself. */
    readonly tests?: readonly RobustnessTest[];
  }[];
}

/** What a challenge came to. */
export interface ChallengeResults {
  readonly suite: string;
  readonly seed: number;
  readonly madeBy: string;
  readonly labels: readonly string[];
  readonly sets: readonly GradedSet[];
  /** The model that the others are tested against: the first that has scores. */
  readonly reference: string | null;
  readonly models: readonly { readonly name: string; readonly source: string }[];
  /** How many volumes of how many have scores, by model. */
  readonly scored: Readonly<Record<string, number>>;
  readonly volumes: number;
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
  return {
    ...{ id, title, higherIsBetter, ...note !== undefined && { note } },
    models: models.map(({ name }, n) => ({
      name,
      robustness: robustnessOf(scores[n]!, sets, higherIsBetter, options),
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
