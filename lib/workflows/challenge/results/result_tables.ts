/** Results as tables for people, one a metric. */
import {
  differenceText,
  intervalText,
  pValueText,
  scoreText,
} from "../../../base/report/number_text.ts";
import type { TableCell, TextTable } from "../../../base/report/text_table.ts";
import type { ChallengeResults, MetricResults } from "./challenge_results.ts";
import { type Estimate, MEASURES } from "./robustness.ts";

/** How the measures are headed. */
export const MEASURE_TITLES = {
  clean: "clean",
  overall: "overall",
  degradation: "degradation",
} as const satisfies Record<typeof MEASURES[number], string>;

/** The three measures of each model, with their intervals and tests. */
export function measureTable(results: ChallengeResults, metric: MetricResults): TextTable {
  const { models, higherIsBetter } = metric;
  const best = MEASURES.map((measure) => {
    const means = comparable(metric).flatMap(({ robustness }) => robustness[measure].mean ?? []);
    const more = measure === "degradation" ? false : higherIsBetter;
    return means.length < 2 ? undefined : (more ? Math.max : Math.min)(...means);
  });
  return {
    caption: metric.title,
    columns: [
      "model",
      ...MEASURES.map((measure) => MEASURE_TITLES[measure]),
      ...models.length > 1 ? ["p (Holm), overall", "p (Holm), degradation"] : [],
    ],
    rows: models.map(({ name, robustness, missing, tests }) => ({
      name,
      cells: [
        ...MEASURES.map((measure, n) =>
          cellOf(robustness[measure], missing > 0 ? undefined : best[n])
        ),
        ...models.length > 1
          ? (["overall", "degradation"] as const).map((measure): TableCell => {
            const test = tests?.find((own) => own.measure === measure);
            if (test === undefined) return { text: "–" };
            const { holmPValue, difference, subjects } = test;
            return {
              text: holmPValue === null ? "–" : pValueText(holmPValue),
              detail: difference === null
                ? `(${subjects} subjects)`
                : `(${differenceText(difference)}; ${subjects} subjects)`,
            };
          })
          : [],
      ],
    })),
    notes: notesOf(results, metric),
  };
}

/** Overall and degradation by transform. */
export function transformTable({ reference }: ChallengeResults, metric: MetricResults): TextTable {
  const transforms = metric.models[0]?.robustness.transforms ?? [];
  return {
    caption: `${metric.title}: degradation by transform`,
    columns: ["transform", ...metric.models.map(({ name }) => name)],
    rows: transforms.map(({ transform }, n) => {
      const lossOf = ({ robustness }: MetricResults["models"][number]) =>
        robustness.transforms[n]!.degradation;
      const known = comparable(metric).flatMap((model) => lossOf(model).mean ?? []);
      const best = known.length < 2 ? undefined : Math.min(...known);
      return {
        name: transform,
        cells: metric.models.map((model) =>
          cellOf(lossOf(model), model.missing > 0 ? undefined : best)
        ),
      };
    }),
    notes: reference === null ? [] : ["In bold the least loss. In brackets 95 % intervals."],
  };
}

/** The models that lack no score: means of others are over other subjects, and may look better. */
export function comparable({ models }: MetricResults): MetricResults["models"] {
  return models.filter(({ missing }) => missing === 0);
}

function cellOf({ mean, low, high }: Estimate, best: number | undefined): TableCell {
  return {
    text: scoreText(mean),
    detail: intervalText(low, high),
    ...mean !== null && mean === best && { best: true },
  };
}

function notesOf(
  { reference, scored, volumes }: ChallengeResults,
  metric: MetricResults,
): string[] {
  const better = metric.higherIsBetter ? "More is better" : "Less is better";
  const lacking = metric.models.filter(({ missing }) => missing > 0);
  const short = Object.entries(scored).filter(([, count]) => count < volumes);
  return [
    `${better}; of degradation, the loss against clean images, less is better. Means over subjects, ` +
    "then over severities with weights (2/3)^severity, then over transforms; in brackets 95 % " +
    "bootstrap intervals over subjects. A model that is wrong throughout has little to lose.",
    ...metric.note === undefined ? [] : [metric.note],
    ...metric.models.length > 1
      ? [
        `Wilcoxon's signed-rank test over subjects against ${reference}, with Holm's correction over the ` +
        "models; in brackets the difference, and the subjects with a score in every set of both.",
      ]
      : [],
    ...lacking.length > 0
      ? [
        `Scores that are lacking, by subject and set: ${
          lacking.map(({ name, missing }) => `${name} ${missing}`).join(", ")
        }. These means are over other subjects than the others' and are never bold; differences are over ` +
        "those that both have.",
      ]
      : [],
    ...short.length > 0
      ? [
        `Scored volumes, of ${volumes}: ${
          short.map(([name, count]) => `${name} ${count}`).join(", ")
        }. – stands where a set has no score.`,
      ]
      : [],
  ];
}
