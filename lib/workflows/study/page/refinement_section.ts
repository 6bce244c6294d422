import type { VegaChart } from "../../../base/report/vega_svg.ts";
import { largestRows } from "../results/score_tables.ts";
import type { StudySummary } from "../results/study_summary.ts";
import { subjectScores } from "../results/subject_scores.ts";
import { KIND_SCALE, kindLegend, methodCurves, methodLegend } from "./chart_parts.ts";
import { chartsHtml, type Section } from "../../../base/pages/markup.ts";
import { focusMethod, methodLooks } from "./method_look.ts";
import type { PageRun } from "./page_data.ts";

/** What the slow-thinking network changes; undefined where no method has one. */
export async function refinementSection(
  summary: StudySummary,
  runs: readonly PageRun[],
): Promise<Section | undefined> {
  const rows = largestRows(summary).filter(({ stn }) => stn !== undefined);
  if (rows.length === 0) return undefined;
  const looks = methodLooks(summary);
  const { methods } = summary.plan;
  const shown = [...new Set([methods[0]!, focusMethod(methods)])];
  const scatters = shown.flatMap((method) => {
    const look = looks.find((one) => one.method === method)!;
    const values = pairs(summary, runs.filter(({ job }) => job.method === method));
    return values.length === 0 ? [] : [scatter(look.title, values)];
  });
  const scattered = await chartsHtml(
    scatters,
    "each dot is a subject in one column of Table 1. Above the diagonal the slow-thinking network " +
      "helps, below it harms.",
    kindLegend(),
  );
  const passed = rows.filter(({ passes = [] }) => passes.length > 1);
  if (passed.length === 0) {
    return { id: "refinement", title: "FTN against STN", body: scattered };
  }
  const values = passed.flatMap(({ method, ftn, passes = [] }) => {
    const { title } = looks.find((look) => look.method === method)!;
    return [ftn.average.mean, ...passes].map((y, x) => ({ method: title, x, y }));
  });
  const most = Math.max(...values.map(({ x }) => x));
  const curves = methodCurves(values, looks, {
    title: "Average Dice by passes",
    label: "Average Dice after each pass of the slow-thinking network",
    height: 240,
  }, {
    xTitle: "passes of the slow-thinking network",
    yTitle: "Dice",
    xValues: Array.from({ length: most + 1 }, (_, n) => n),
    points: true,
  });
  const legend = methodLegend(looks.filter(({ title }) => values.some((v) => v.method === title)));
  const passes = await chartsHtml(
    [curves],
    "0 is the fast-thinking network alone; each pass refines what the one before made. " +
      "The average is that of Table 1.",
    legend,
  );
  return { id: "refinement", title: "FTN against STN", body: scattered + passes };
}

function pairs({ columns }: StudySummary, runs: readonly PageRun[]) {
  return columns.flatMap((column) => {
    const ftn = subjectScores(runs, column, (volume) => volume.ftn.mean).subjects;
    const stn = subjectScores(runs, column, (volume) => volume.stn?.mean).subjects;
    return [...stn].flatMap(([subject, y]) => {
      const x = ftn.get(subject);
      return x === undefined ? [] : [{ x, y, kind: column.kind }];
    });
  });
}

function scatter(title: string, values: readonly { x: number; y: number }[]): VegaChart {
  const all = values.flatMap(({ x, y }) => [x, y]);
  const low = Math.floor(Math.min(...all) * 10) / 10, high = Math.ceil(Math.max(...all) * 10) / 10;
  const axis = (field: string, name: string) => ({
    field,
    type: "quantitative",
    title: `Dice ${name}`,
    scale: { domain: [low, high], zero: false },
    axis: { tickCount: 5 },
  });
  const [x, y] = [axis("x", "without STN"), axis("y", "with STN")];
  return {
    title,
    label: `Dice of each subject without and with the slow-thinking network: ${title}`,
    height: 320,
    spec: {
      layer: [
        {
          data: { values: [{ x: low, y: low }, { x: high, y: high }] },
          mark: { type: "line", color: "var(--axis)", strokeWidth: 1 },
          encoding: { x, y },
        },
        {
          data: { values },
          mark: { type: "circle", size: 18, opacity: 0.7 },
          encoding: { x, y, color: { field: "kind", type: "nominal", ...KIND_SCALE } },
        },
      ],
    },
  };
}
