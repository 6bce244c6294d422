/** Sections of scores: Table 1, comparisons, domains, and training subjects. */
import type { VegaChart } from "../../report/vega_svg.ts";
import {
  comparisonTable,
  crossDomainTable,
  largestRows,
  lowDataTable,
  referenceTitle,
  table1,
} from "../score_tables.ts";
import type { Cell, MethodRow, StudySummary } from "../study_summary.ts";
import { chartsHtml, legendHtml, type Section, tableHtml } from "./markup.ts";
import { lookScales, type MethodLook, methodLooks } from "./method_look.ts";

const NETWORK_TITLES = { ftn: "without STN", stn: "with STN" } as const;

/** Table 1, with its averages drawn. */
export async function table1Section(summary: StudySummary): Promise<Section> {
  const looks = methodLooks(summary);
  const points = largestRows(summary).flatMap((row) => [
    point(row, looks, "ftn", row.ftn.average),
    ...(row.stn ? [point(row, looks, "stn", row.stn.average)] : []),
  ]);
  const chart = intervalChart(points, looks, {
    title: "Average Dice",
    label: "Average Dice of each method with its 95 % interval",
    xTitle: "Dice, mean of the columns",
  });
  const figure = await chartsHtml(
    [chart],
    "filled circles are averages of the fast-thinking network alone, rings those with the " +
      "slow-thinking network; lines are 95 % intervals over subjects. Overlapping lines do not " +
      "mean equal methods: the tests below pair subjects, which these lines do not.",
  );
  return { id: "table1", title: "Table 1", body: tableHtml(table1(summary)) + figure };
}

/** Differences from the first method. */
export async function comparisonSection(summary: StudySummary): Promise<Section | undefined> {
  const table = comparisonTable(summary);
  if (table === undefined) return undefined;
  const looks = methodLooks(summary);
  const points = largestRows(summary).flatMap((row) =>
    (["ftn", "stn"] as const).flatMap((network) => {
      const comparison = row[network]?.average.comparison;
      if (comparison === undefined) return [];
      return [point(row, looks, network, { ...comparison, mean: comparison.difference })];
    })
  );
  const reference = referenceTitle(summary);
  const shown = looks.filter(({ title }) => points.some((p) => p["method"] === title));
  const chart = intervalChart(points, shown, {
    title: `Difference from ${reference}`,
    label: `Difference in average Dice from ${reference} with its 95 % interval`,
    xTitle: "difference in Dice",
    zero: true,
  });
  const figure = await chartsHtml(
    [chart],
    `right of the line at 0 is better than ${reference}. A line that crosses 0 leaves open ` +
      "whether there is a difference.",
  );
  return {
    id: "comparisons",
    title: `Compared with ${reference}`,
    body: tableHtml(table) + figure,
  };
}

/** A column a domain that was not trained on. */
export function crossDomainSection(summary: StudySummary): Section | undefined {
  const table = crossDomainTable(summary);
  return table && { id: "domains", title: "Other domains one by one", body: tableHtml(table) };
}

/** Averages against the number of training subjects. */
export async function lowDataSection(
  summary: StudySummary,
  allSubjects: number,
): Promise<Section | undefined> {
  const table = lowDataTable(summary);
  if (table === undefined) return undefined;
  const looks = methodLooks(summary);
  const charts = (["ftn", "stn"] as const).flatMap((network): VegaChart[] => {
    const values = summary.rows.flatMap((row) => {
      const scores = row[network];
      if (scores === undefined) return [];
      const subjects = row.trainingSubjects ?? allSubjects;
      return [{ ...point(row, looks, network, scores.average), subjects }];
    });
    if (values.length === 0) return [];
    const x = { field: "subjects", type: "quantitative", title: "training subjects" };
    const y = { type: "quantitative", title: "average Dice", scale: { zero: false } };
    const ticks = [...new Set(values.map(({ subjects }) => subjects))];
    const { color, strokeDash } = lookScales(looks);
    const shared = {
      x: { ...x, scale: { type: "log" }, axis: { values: ticks, format: "d", grid: false } },
      color: { field: "method", type: "nominal", ...color },
    };
    return [{
      title: NETWORK_TITLES[network][0]!.toUpperCase() + NETWORK_TITLES[network].slice(1),
      label: `Average Dice ${NETWORK_TITLES[network]} by the number of training subjects`,
      spec: {
        data: { values },
        layer: [
          {
            mark: "rule",
            encoding: { ...shared, y: { ...y, field: "low" }, y2: { field: "high" } },
          },
          {
            mark: { type: "line", strokeWidth: 1.8 },
            encoding: {
              ...shared,
              y: { ...y, field: "mean" },
              strokeDash: { field: "method", type: "nominal", ...strokeDash },
            },
          },
          {
            mark: { type: "circle", size: 36, opacity: 1 },
            encoding: { ...shared, y: { ...y, field: "mean" } },
          },
        ],
      },
    }];
  });
  const legend = legendHtml(looks.map(({ title, ...look }) => ({ name: title, ...look })));
  const figure = await chartsHtml(
    charts,
    "each point is a mean over subjects and replicates with its 95 % interval; the axis of " +
      "training subjects is logarithmic. The test subjects are the same throughout.",
    legend,
  );
  return { id: "low-data", title: "With fewer training subjects", body: tableHtml(table) + figure };
}

function point(
  row: MethodRow,
  looks: readonly MethodLook[],
  network: "ftn" | "stn",
  { mean, low, high }: Pick<Cell, "mean" | "low" | "high">,
) {
  const method = looks.find((look) => look.method === row.method)!.title;
  return { method, network: NETWORK_TITLES[network], mean, low, high };
}

/** A row a method: a point and its interval, without and with the slow-thinking network. */
function intervalChart(
  values: readonly Record<string, unknown>[],
  looks: readonly MethodLook[],
  { title, label, xTitle, zero = false }: {
    readonly title: string;
    readonly label: string;
    readonly xTitle: string;
    readonly zero?: boolean;
  },
): VegaChart {
  const titles = looks.map((look) => look.title);
  const y = {
    field: "method",
    type: "nominal",
    sort: titles,
    title: null,
    axis: { minExtent: 112, maxExtent: 112, ticks: false, domain: false, grid: false },
    scale: { domain: titles },
  };
  const networks = [NETWORK_TITLES.ftn, NETWORK_TITLES.stn];
  const yOffset = { field: "network", type: "nominal", scale: { domain: networks } };
  const x = {
    type: "quantitative",
    title: xTitle,
    scale: { zero: false },
    axis: { tickCount: 5 },
  };
  const color = { field: "method", type: "nominal", ...lookScales(looks).color };
  const filled = [
    { test: `datum.network === '${NETWORK_TITLES.stn}'`, value: "var(--paper)" },
  ];
  return {
    title,
    label,
    height: 64 + 30 * titles.length,
    spec: {
      data: { values },
      layer: [
        ...(zero
          ? [{
            data: { values: [{}] },
            mark: { type: "rule", color: "var(--axis)" },
            encoding: { x: { datum: 0 } },
          }]
          : []),
        {
          mark: { type: "rule", strokeWidth: 1.6 },
          encoding: { x: { ...x, field: "low" }, x2: { field: "high" }, y, yOffset, color },
        },
        {
          mark: { type: "point", size: 42, strokeWidth: 1.8, opacity: 1 },
          encoding: {
            x: { ...x, field: "mean" },
            y,
            yOffset,
            stroke: color,
            fill: { condition: filled, ...color },
          },
        },
      ],
    },
  };
}
