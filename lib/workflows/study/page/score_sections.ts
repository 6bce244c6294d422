/** Sections of scores: Table 1, comparisons, domains, and training subjects. */
import { type Network, NETWORKS } from "../../../names.ts";
import type { VegaChart } from "../../../base/report/vega_svg.ts";
import {
  comparisonTable,
  crossDomainTable,
  distanceTable,
  largestRows,
  lowDataTable,
  referenceTitle,
  table1,
} from "../results/score_tables.ts";
import { lesionTable, surfaceDiceTable } from "../results/surface_tables.ts";
import type { Cell, MethodRow, StudySummary } from "../results/study_summary.ts";
import { capital, methodLegend } from "./chart_parts.ts";
import { chartsHtml, type Section, tableHtml } from "../../../base/pages/markup.ts";
import { lookScales, type MethodLook, methodLooks } from "./method_look.ts";

const NETWORK_TITLES = { ftn: "without STN", stn: "with STN" } as const;

/** Table 1. */
export function table1Section(summary: StudySummary): Section {
  const table = table1(summary);
  // The tests have a table of their own on the page.
  return {
    id: "table1",
    title: "Table 1",
    body: tableHtml({ ...table, notes: [table.notes[0]!, ...summary.cautions] }),
  };
}

/** HD95 and ASSD, surface Dice and lesions; undefined where there are none. */
export function distanceSection(summary: StudySummary): Section | undefined {
  const tables = [distanceTable(summary), surfaceDiceTable(summary), lesionTable(summary)]
    .filter((table) => table !== undefined);
  if (tables.length === 0) return undefined;
  const body = tables.map((table) => tableHtml(table)).join("\n");
  return { id: "distances", title: "Surfaces", body };
}

/** The averages, and their differences from the first method. */
export async function averageSection(summary: StudySummary): Promise<Section> {
  const looks = methodLooks(summary);
  const reference = referenceTitle(summary);
  const cells = largestRows(summary).flatMap((row) =>
    NETWORKS.flatMap((network) => {
      const cell = row[network]?.average;
      return cell === undefined ? [] : [{ row, network, cell }];
    })
  );
  const averages = intervalChart(
    cells.map(({ row, network, cell }) => point(row, looks, network, cell)),
    looks,
    {
      title: "Average Dice",
      label: "Average Dice of each method with its 95 % interval",
      xTitle: "Dice, mean of the columns",
    },
  );
  const differences = cells.flatMap(({ row, network, cell: { comparison } }) =>
    comparison === undefined
      ? []
      : [point(row, looks, network, { ...comparison, mean: comparison.difference })]
  );
  const networks = summary.rows.some(({ method }) => !summary.given.includes(method))
    ? "filled circles are the fast-thinking network alone, rings with the slow-thinking network; "
    : "";
  const read = `${networks}lines are 95 % intervals over subjects.`;
  const table = comparisonTable(summary);
  if (table === undefined || differences.length === 0) {
    return { id: "averages", title: "Averages", body: await chartsHtml([averages], read) };
  }
  const chart = intervalChart(differences, looks, {
    title: `Difference from ${reference}`,
    label: `Difference in average Dice from ${reference} with its 95 % interval`,
    xTitle: "difference in Dice",
    zero: true,
  });
  const figure = await chartsHtml(
    [averages, chart],
    `${read} Averages whose lines overlap need not be equal: differences are taken within ` +
      "subjects, averages are not. On the right each network is compared with the same of " +
      `${reference}: beyond 0 is better; a line that crosses 0 leaves open whether there is a ` +
      "difference.",
  );
  return {
    id: "averages",
    title: `Averages, and differences from ${reference}`,
    body: figure + tableHtml(table),
  };
}

/** A column a domain that was not trained on. */
export function crossDomainSection(summary: StudySummary): Section | undefined {
  const table = crossDomainTable(summary);
  return table && { id: "domains", title: "Domains not trained on", body: tableHtml(table) };
}

/** Averages against the number of training subjects. */
export async function lowDataSection(
  summary: StudySummary,
  allSubjects: number,
): Promise<Section | undefined> {
  const table = lowDataTable(summary);
  if (table === undefined) return undefined;
  const looks = methodLooks(summary);
  const charts = NETWORKS.flatMap((network): VegaChart[] => {
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
      x: {
        ...x,
        scale: { type: "log", nice: false, padding: 12 },
        axis: { values: ticks, format: "d", grid: false },
      },
      color: { field: "method", type: "nominal", ...color },
    };
    return [{
      title: capital(NETWORK_TITLES[network]),
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
  const figure = await chartsHtml(
    charts,
    "each point is a mean over subjects and replicates with its 95 % interval; the axis of " +
      "training subjects is logarithmic. The test subjects are the same throughout. Which subjects the " +
      "few are is the same in every replicate of one division, so that chance is not in the intervals.",
    methodLegend(looks),
  );
  return { id: "low-data", title: "Fewer training subjects", body: tableHtml(table) + figure };
}

function point(
  row: MethodRow,
  looks: readonly MethodLook[],
  network: Network,
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
    axis: { tickCount: 4 },
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
