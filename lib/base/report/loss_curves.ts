import { curveOf, lossTitle, type StepNumbers, stepsPerPoint } from "./loss_curve.ts";
import { drawLineChart, type Series } from "./line_chart.ts";
import { stacked, svgOf } from "./svg.ts";

/** Points a curve has at most: more are averaged, which also makes noisy losses readable. */
const MAX_POINTS = 150;

/**
 * Draws the loss of each step as SVG: the total above, its terms below, both on logarithmic axes.
 * Of long runs each point is the mean of equally many steps.
 *
 * @param records In the order of their steps; numbers whose name holds `loss` are drawn.
 */
export function lossCurves(records: readonly StepNumbers[]): string {
  const names = Object.keys(records[0] ?? {}).filter((name) => /loss/i.test(name));
  const terms = names.filter((name) => name !== "totalLoss");
  const chunk = stepsPerPoint(records, MAX_POINTS);
  const series = (name: string): Series => {
    const points = curveOf(records, name, MAX_POINTS);
    return {
      // The axis says that it is one.
      name: lossTitle(name).replace(/ loss$/, ""),
      x: points.map(({ step }) => step),
      y: points.map(({ value }) => value),
    };
  };
  const yLabel = chunk > 1 ? `loss (mean of ${chunk} steps)` : "loss";
  const shared = { xLabel: "step", yLabel, logY: true };
  return svgOf(stacked([
    drawLineChart({ ...shared, title: "Total loss", series: [series("totalLoss")] }),
    drawLineChart({ ...shared, title: "Loss terms", series: terms.map(series), height: 420 }),
  ]));
}
