import { NETWORKS } from "../../../names.ts";
import type { VegaChart } from "../../../base/report/vega_svg.ts";
import { quantile } from "../../../base/stats/descriptives.ts";
import type { Column, StudySummary } from "../results/study_summary.ts";
import { subjectScores } from "../results/subject_scores.ts";
import { chartsHtml, type Section } from "../../../base/pages/markup.ts";
import { thinned } from "./chart_parts.ts";
import { lookScales, type MethodLook, methodLooks } from "./method_look.ts";
import type { PageRun } from "./page_data.ts";

/** Dots a box has at most. */
const MAX_DOTS = 150;

const NETWORK_BOXES =
  " Upper, filled boxes are the fast-thinking network alone, lower ones with the " +
  "slow-thinking network.";

/** Whether any row is of networks, and not all of predictions made elsewhere. */
function hasNetworks({ rows, given }: StudySummary): boolean {
  return rows.some(({ method }) => !given.includes(method));
}

/** Box plots of the subjects' Dice, a chart a column of Table 1. */
export async function subjectSection(
  summary: StudySummary,
  runs: readonly PageRun[],
): Promise<Section> {
  const looks = methodLooks(summary);
  const plots = summary.columns.map((column) => boxes(column, runs, looks));
  const least = Math.min(1, ...plots.flat().flatMap(({ dots }) => dots));
  const domain = [Math.floor(least * 10) / 10, 1] as const;
  const charts = summary.columns.map((column, n) => boxChart(column, plots[n]!, looks, domain));
  const body = await chartsHtml(
    charts,
    `each dot is a subject (at most ${MAX_DOTS}, evenly taken), averaged over its volumes and ` +
      "replicates. Boxes hold the middle half " +
      "of the subjects, the bar is the median, lines reach to the last subject within 1.5 box " +
      `lengths.${hasNetworks(summary) ? NETWORK_BOXES : ""}`,
  );
  return { id: "subjects", title: "Dice by subject", body };
}

interface Box {
  readonly method: string;
  readonly network: string;
  readonly dots: readonly number[];
  readonly low: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly high: number;
}

function boxes(column: Column, runs: readonly PageRun[], looks: readonly MethodLook[]): Box[] {
  return looks.flatMap(({ method, title }) =>
    NETWORKS.flatMap((network) => {
      const own = runs.filter(({ job }) => job.method === method);
      const { subjects } = subjectScores(own, column, (volume) => volume[network]?.mean);
      const dots = [...subjects.values()].sort((a, b) => a - b);
      if (dots.length === 0) return [];
      const [q1, median, q3] = [0.25, 0.5, 0.75].map((at) => quantile(dots, at)) as [
        number,
        number,
        number,
      ];
      const reach = 1.5 * (q3 - q1);
      const low = dots.find((value) => value >= q1 - reach)!;
      const high = dots.findLast((value) => value <= q3 + reach)!;
      return [{ method: title, network, dots, low, q1, median, q3, high }];
    })
  );
}

function boxChart(
  { title }: Column,
  values: readonly Box[],
  looks: readonly MethodLook[],
  domain: readonly [number, number],
): VegaChart {
  const titles = looks.map((look) => look.title);
  const networks = NETWORKS.filter((name) => values.some(({ network }) => network === name));
  const y = {
    field: "method",
    type: "nominal",
    title: null,
    scale: { domain: titles, paddingInner: 0.25 },
    axis: { minExtent: 112, maxExtent: 112, ticks: false, domain: false },
  };
  const yOffset = {
    field: "network",
    type: "nominal",
    scale: { domain: networks, paddingInner: 0.2 },
  };
  const color = { field: "method", type: "nominal", ...lookScales(looks).color };
  const x = (field: string) => ({
    field,
    type: "quantitative",
    title: "Dice",
    scale: { domain, zero: false },
    axis: { tickCount: 5 },
  });
  const shared = { y, yOffset, color };
  const dots = values.flatMap(({ method, network, dots }) =>
    thinned(dots, MAX_DOTS).map((dice) => ({ method, network, dice }))
  );
  return {
    title,
    label: `Dice of each subject by method: ${title}`,
    height: 62 + 26 * titles.length,
    spec: {
      layer: [
        {
          data: { values },
          mark: { type: "rule", strokeWidth: 1 },
          encoding: { ...shared, x: x("low"), x2: { field: "high" } },
        },
        ...networks.map((network) => ({
          data: { values: values.filter((box) => box.network === network) },
          mark: { type: "bar", strokeWidth: 1, fillOpacity: 1 },
          encoding: {
            y,
            yOffset,
            x: x("q1"),
            x2: { field: "q3" },
            stroke: color,
            fill: network === "ftn" ? color : { value: "var(--paper)" },
            fillOpacity: { value: network === "ftn" ? 0.3 : 1 },
          },
        })),
        {
          data: { values: dots },
          mark: { type: "circle", size: 7, opacity: 0.75 },
          encoding: { ...shared, x: x("dice") },
        },
        {
          data: { values },
          mark: { type: "tick", thickness: 2 },
          encoding: { ...shared, x: x("median") },
        },
      ],
    },
  };
}
