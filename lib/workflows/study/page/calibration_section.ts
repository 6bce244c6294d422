import { scoreText } from "../../../base/report/number_text.ts";
import type { VegaChart } from "../../../base/report/vega_svg.ts";
import { chartsHtml, type Section, tableHtml } from "../../../base/pages/markup.ts";
import type { SetCalibration } from "../../../formats/run_folder/evaluation.ts";
import type { StudySummary } from "../results/study_summary.ts";
import { calibrationTable } from "../results/surface_tables.ts";

/**
 * Expected calibration errors, and reliability diagrams: of each method in the first column of Table 1,
 * or of one method alone in all columns. Undefined where no probabilities were looked at.
 */
export async function calibrationSection(summary: StudySummary): Promise<Section | undefined> {
  const { calibration, columns, crossColumns, rows } = summary;
  const table = calibrationTable(summary);
  if (table === undefined) return undefined;
  const several = new Set(calibration.map(({ method }) => method)).size > 1;
  const title = (name: string) =>
    [...columns, ...crossColumns].find((column) => column.name === name)?.title ?? name;
  const first = columns.find(({ name }) => calibration.some(({ column }) => column === name))?.name;
  const shown = calibration.filter(({ column, network }) =>
    network === "ftn" && (several ? column === first : columns.some(({ name }) => name === column))
  );
  const charts = shown.map((cell) => {
    const method = rows.find((row) => row.method === cell.method)?.title ?? cell.method;
    return reliabilityChart(several ? method : title(cell.column), cell);
  });
  const where = several ? `${title(first!)}: each chart is a method; ` : "";
  const body = await chartsHtml(
    charts,
    `${where}each bar is a bin of the top probability, over the voxels of the box around each ` +
      "volume's foreground: as high as the share of its voxels that are right. On the line " +
      "predictions are as sure as they are right, below it too sure. ECE is the mean distance from " +
      "it, each voxel counting the same.",
  );
  return { id: "calibration", title: "Calibration", body: body + tableHtml(table) };
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
