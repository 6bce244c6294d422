import { curveOf, lossTitle } from "../../../base/report/loss_curve.ts";
import type { StepRecord } from "../../../formats/run_folder/step_log.ts";
import type { StudySummary } from "../results/study_summary.ts";
import { capital, type CurvePoint, methodCurves, methodLegend } from "./chart_parts.ts";
import { chartsHtml, type Section } from "../../../base/pages/markup.ts";
import { type MethodLook, methodLooks } from "./method_look.ts";
import type { PageRun } from "./page_data.ts";

/** Points a curve has at most: more are averaged. */
const MAX_POINTS = 60;

/** Losses, in all and term by term, and validation scores; undefined where none were kept. */
export async function trainingSection(
  summary: StudySummary,
  runs: readonly PageRun[],
): Promise<Section | undefined> {
  const looks = methodLooks(summary);
  const first = looks.flatMap((look) =>
    runs.filter(({ job }) => job.method === look.method).slice(0, 1).map((run) => ({ look, run }))
  );
  const named = (of: (run: PageRun) => readonly StepRecord[], pattern: RegExp) =>
    [
      ...new Set(first.flatMap(({ run }) => Object.keys(of(run)[0] ?? {}))),
    ].filter((name) => pattern.test(name)).sort((a, b) =>
      +(b === "totalLoss") - +(a === "totalLoss")
    );
  const chart = (
    of: (run: PageRun) => readonly StepRecord[],
    name: string,
    title: string,
    axes: { yTitle: string; logY: boolean },
  ) => {
    const values = first.flatMap(({ look, run }) => curve(of(run), name, look));
    // A single step makes no curve.
    if (new Set(values.map(({ x }) => x)).size < 2) return [];
    const about = { title, label: `${title} by step`, height: 180 };
    return [methodCurves(values, looks, about, { xTitle: "step", ...axes })];
  };
  const losses = named(({ losses }) => losses, /Loss$/).flatMap((name) =>
    chart(({ losses }) => losses, name, capital(lossTitle(name)), { yTitle: "loss", logY: true })
  );
  const scores = named(({ validation }) => validation, /^[fs]tnDice$/).flatMap((name) =>
    chart(({ validation }) => validation, name, validationTitle(name), {
      yTitle: "Dice",
      logY: false,
    })
  );
  if (losses.length + scores.length === 0) return undefined;
  const body = await chartsHtml(
    [...losses, ...scores],
    "the first replicate of each method; long runs are averaged over neighbouring steps. Losses " +
      "are on logarithmic axes, and only methods that have a term are in its chart. Totals add up " +
      "different terms by method, so their heights cannot be compared.",
    methodLegend(looks),
  );
  return { id: "training", title: "Training curves", body };
}

function curve(records: readonly StepRecord[], name: string, { title }: MethodLook): CurvePoint[] {
  return curveOf(records, name, MAX_POINTS)
    // A loss of 0 has no place on a logarithmic axis.
    .filter(({ value }) => value > 0)
    .map(({ step, value }) => ({ method: title, x: step, y: Number(value.toPrecision(4)) }));
}

function validationTitle(name: string): string {
  return `Validation Dice, ${name.startsWith("ftn") ? "without" : "with"} STN`;
}
