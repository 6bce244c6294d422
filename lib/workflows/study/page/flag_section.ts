import type { VegaChart } from "../../../base/report/vega_svg.ts";
import { scoreText } from "../../../base/report/number_text.ts";
import { FLAG_TITLES, flagTable } from "../results/score_tables.ts";
import type { FlagQuality, StudySummary } from "../results/study_summary.ts";
import { KIND_SCALE, kindLegend, thinned } from "./chart_parts.ts";
import { chartsHtml, type Section, tableHtml } from "../../../base/pages/markup.ts";
import { focusMethod, methodLooks } from "./method_look.ts";
import type { PageRun } from "./page_data.ts";

/** Dots of a chart at most. */
const MAX_DOTS = 300;

const UNITS = {
  disagreement: "1 \u2212 Dice between the networks",
  entropy: "mean entropy of the softmax, nats",
  reconstructionError: "mean squared difference of intensities",
};

/** Numbers that tell failures without a label; undefined where none were taken. */
export async function flagSection(
  summary: StudySummary,
  runs: readonly PageRun[],
): Promise<Section | undefined> {
  const table = flagTable(summary);
  if (table === undefined) return undefined;
  const method = focusMethod(summary.plan.methods);
  const own = runs.filter(({ job }) => job.method === method);
  const { title = method } = methodLooks(summary).find((look) => look.method === method) ?? {};
  const charts = summary.flags.filter((flag) => flag.method === method)
    .map((flag) => flagChart(flag, own, summary));
  const figure = await chartsHtml(
    charts,
    `${title}: each dot is a volume (at most ${MAX_DOTS}, evenly taken). A good flag puts volumes ` +
      `below the line at ${summary.badDice} far to the right, and no others there.`,
    kindLegend(),
  );
  return {
    id: "flags",
    title: "Failure flags",
    body: tableHtml(table) + (charts.length > 0 ? figure : ""),
  };
}

function flagChart(
  { flag, auroc }: FlagQuality,
  runs: readonly PageRun[],
  { columns, badDice }: StudySummary,
): VegaChart {
  const kinds = new Map(columns.flatMap(({ sets, kind }) => sets.map((set) => [set, kind])));
  const all = runs.flatMap(({ evaluation }) =>
    evaluation.volumes.flatMap(({ set, flags, ftn }) => {
      const [x, kind] = [flags[flag], kinds.get(set)];
      const y = ftn.mean;
      return x === undefined || kind === undefined || y === null ? [] : [{ x, y, kind }];
    })
  );
  const name = FLAG_TITLES[flag];
  const y = { type: "quantitative", title: "Dice", scale: { domain: [0, 1] } };
  return {
    title: auroc === null ? name : `${name}: AUROC ${scoreText(auroc)}`,
    label: `Dice of each volume against ${name}`,
    height: 240,
    spec: {
      layer: [
        {
          data: { values: [{ y: badDice }] },
          mark: { type: "rule", color: "var(--axis)", strokeDash: [4, 3] },
          encoding: { y: { ...y, field: "y" } },
        },
        {
          data: { values: thinned(all, MAX_DOTS) },
          mark: { type: "circle", size: 16, opacity: 0.65 },
          encoding: {
            x: {
              field: "x",
              type: "quantitative",
              title: UNITS[flag],
              axis: { tickCount: 5 },
            },
            y: { ...y, field: "y" },
            color: { field: "kind", type: "nominal", ...KIND_SCALE },
          },
        },
      ],
    },
  };
}
