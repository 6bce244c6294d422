import { Canvas } from "./canvas.ts";
import { drawLineChart, type Series } from "./line_chart.ts";

/** One step's numbers; those whose name holds `loss` are drawn. */
export interface LossRecord {
  readonly step: number;
  readonly [name: string]: number;
}

/** Points a curve has at most: more are averaged, which also makes noisy losses readable. */
const MAX_POINTS = 150;

/**
 * Draws the loss of each step as a PNG: the total above, its terms below, both on logarithmic axes.
 * Of long runs each point is the mean of equally many steps.
 *
 * @param records In the order of their steps.
 */
export function lossCurves(records: readonly LossRecord[]): Uint8Array {
  const names = Object.keys(records[0] ?? {}).filter((name) => /loss/i.test(name));
  const terms = names.filter((name) => name !== "totalLoss");
  const chunk = Math.ceil(records.length / MAX_POINTS);
  const series = (name: string): Series => averaged(records, name, chunk);
  const yLabel = chunk > 1 ? `loss (mean of ${chunk} steps)` : "loss";
  const shared = { xLabel: "step", yLabel, logY: true };
  const charts = [
    drawLineChart({ ...shared, title: "Total loss", series: [series("totalLoss")] }),
    drawLineChart({ ...shared, title: "Loss terms", series: terms.map(series), height: 420 }),
  ];
  const sheet = new Canvas(
    charts[0]!.width,
    charts.reduce((height, chart) => height + chart.height, 0),
  );
  let y = 0;
  for (const chart of charts) {
    sheet.draw(chart, 0, y);
    y += chart.height;
  }
  return sheet.png();
}

function averaged(records: readonly LossRecord[], name: string, chunk: number): Series {
  const [x, y]: [number[], number[]] = [[], []];
  for (let start = 0; start < records.length; start += chunk) {
    const part = records.slice(start, start + chunk);
    const mean = (key: string) => part.reduce((sum, r) => sum + r[key]!, 0) / part.length;
    x.push(mean("step"));
    y.push(mean(name));
  }
  return { name: words(name), x, y };
}

/** `standardShapeLoss` as "standard shape". */
function words(name: string): string {
  return name.replace(/Loss$/, "").replace(/[A-Z]/g, (letter) => " " + letter.toLowerCase());
}
