import { scoreText } from "../../../base/report/number_text.ts";
import type { VegaChart } from "../../../base/report/vega_svg.ts";
import { chartsHtml, type Section } from "../../../base/pages/markup.ts";
import type { SetCalibration } from "../../../formats/run_folder/evaluation.ts";
import type { PageRun } from "./page_data.ts";

/** Reliability diagrams, a chart a set; undefined where no predictions came with probabilities. */
export async function calibrationSection(runs: readonly PageRun[]): Promise<Section | undefined> {
  const charts = runs.flatMap(({ evaluation }) =>
    Object.entries(evaluation.sets).flatMap(([name, { calibration }]) =>
      calibration === undefined ? [] : [reliabilityChart(name, calibration)]
    )
  );
  if (charts.length === 0) return undefined;
  const body = await chartsHtml(
    charts,
    "each bar is a bin of the top probability, over the voxels of the box around each volume's " +
      "foreground: as high as the share of its voxels that are right. On the line predictions are as " +
      "sure as they are right, below it too sure. ECE is the mean distance from it, each voxel " +
      "counting the same.",
  );
  return { id: "calibration", title: "Calibration", body };
}

/** How often predictions are right against how sure they are. */
function reliabilityChart(name: string, calibration: SetCalibration): VegaChart {
  const { counts, correct, ece } = calibration;
  const bars = counts.flatMap((count, bin) =>
    count === 0 ? [] : [{
      from: bin / counts.length,
      to: (bin + 1) / counts.length,
      right: correct[bin]! / count,
    }]
  );
  const scale = { domain: [0, 1] };
  const x = { type: "quantitative", title: "top probability", scale };
  const y = { type: "quantitative", title: "share that is right", scale };
  return {
    title: `${name}: ECE ${scoreText(ece)}`,
    label: `Share of right voxels of ${name} by their top probability`,
    height: 300,
    spec: {
      layer: [
        {
          data: { values: bars },
          mark: { type: "bar", color: "var(--m0)", opacity: 0.7 },
          encoding: {
            x: { ...x, field: "from" },
            x2: { field: "to" },
            y: { ...y, field: "right" },
            y2: { datum: 0 },
          },
        },
        {
          data: { values: [{ at: 0 }, { at: 1 }] },
          mark: { type: "line", color: "var(--axis)", strokeDash: [4, 3] },
          encoding: { x: { ...x, field: "at" }, y: { ...y, field: "at" } },
        },
      ],
    },
  };
}
