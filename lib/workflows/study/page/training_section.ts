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
    chart(({ losses }) => losses, name, lossTitle(name), { yTitle: "loss", logY: true })
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
  const chunk = Math.ceil(records.length / MAX_POINTS);
  const points: CurvePoint[] = [];
  for (let start = 0; start < records.length; start += chunk) {
    const part = records.slice(start, start + chunk).filter((record) => record[name] !== undefined);
    const mean = (key: string) => part.reduce((sum, r) => sum + r[key]!, 0) / part.length;
    // A loss of 0 has no place on a logarithmic axis.
    if (part.length > 0 && mean(name) > 0) {
      points.push({ method: title, x: mean("step"), y: Number(mean(name).toPrecision(4)) });
    }
  }
  return points;
}

/** `standardShapeLoss` as "Standard shape loss". */
function lossTitle(name: string): string {
  return capital(name.replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase()));
}

function validationTitle(name: string): string {
  return `Validation Dice, ${name.startsWith("ftn") ? "without" : "with"} STN`;
}
