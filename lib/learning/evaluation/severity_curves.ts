import { drawLineChart } from "../../base/report/line_chart.ts";
import type { SeverityEvaluation } from "../../formats/run_folder/evaluation.ts";

/**
 * Draws mean Dice against the severity of each artifact as a PNG: of the slow-thinking network, or of
 * the fast-thinking one where that is alone.
 */
export function severityCurves({ cases, dice }: SeverityEvaluation): Uint8Array {
  const refined = Object.values(dice).every(({ stn }) => stn !== undefined);
  return drawLineChart({
    title: "Dice against severity of artifacts",
    xLabel: `severity (0 = clean); ${cases.join(", ")}`,
    yLabel: `mean Dice (${refined ? "STN" : "FTN"})`,
    series: Object.entries(dice).map(([name, { ftn, stn = ftn }]) => ({
      name,
      x: stn.map((_, severity) => severity),
      y: stn,
    })),
  }).png();
}
