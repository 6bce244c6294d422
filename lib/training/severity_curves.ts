import { drawLineChart } from "../report/line_chart.ts";
import type { SeverityEvaluation } from "./evaluate.ts";

/** Draws mean Dice of the slow-thinking network against the severity of each artifact as a PNG. */
export function severityCurves({ cases, dice }: SeverityEvaluation): Uint8Array {
  return drawLineChart({
    title: "Dice against severity of artifacts",
    xLabel: `severity (0 = clean); ${cases.join(", ")}`,
    yLabel: "mean Dice (STN)",
    series: Object.entries(dice).map(([name, { stn }]) => ({
      name,
      x: stn.map((_, severity) => severity),
      y: stn,
    })),
  }).png();
}
