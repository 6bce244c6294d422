import { drawLineChart } from "../../base/report/line_chart.ts";
import { fittingText, svgOf } from "../../base/report/svg.ts";
import type { SeverityEvaluation } from "../../formats/run_folder/evaluation.ts";

/** Pixels that a line below the chart has. */
const NOTE_WIDTH = 800;

/**
 * Draws mean Dice against the severity of each artifact as SVG: of the slow-thinking network, or of the
 * fast-thinking one where that is alone. Says below on which volumes, and how it differs from the tables.
 */
export function severityCurves({ cases, dice }: SeverityEvaluation): string {
  const refined = Object.values(dice).every(({ stn }) => stn !== undefined);
  const volumes = cases.length === 1 ? "One volume" : `Mean of ${cases.length} volumes`;
  return svgOf(drawLineChart({
    title: "Dice against severity of artifacts",
    xLabel: "severity (0 = clean)",
    yLabel: `mean Dice (${refined ? "STN" : "FTN"})`,
    series: Object.entries(dice).map(([name, { ftn, stn = ftn }]) => ({
      name,
      x: stn.map((_, severity) => severity),
      y: stn,
    })),
    notes: [
      fittingText(`${volumes}: ${cases.join(", ")}`, NOTE_WIDTH),
      "Tandem's physical artifacts, each at five strengths. The tables' RandBias, RandSpike, RandGhost and",
      "RandMotion are TorchIO's, of a strength drawn by chance, on all test volumes: other numbers.",
    ],
  }));
}
