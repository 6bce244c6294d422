import { Canvas, type Color, type Point, textWidth } from "./canvas.ts";
import { CELL_HEIGHT } from "./font.ts";
import { linearTicks, logTicks, tickLabel } from "./ticks.ts";

/** One curve; entries that are not finite are left out. */
export interface Series {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** A chart of curves over one x axis. */
export interface LineChart {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly series: readonly Series[];
  /** Logarithmic y axis; entries of 0 and below are then left out. */
  readonly logY?: boolean;
  /** Pixels; 900 by default. */
  readonly width?: number;
  /** Pixels; 360 by default. */
  readonly height?: number;
}

/** Colours that people with any colour vision tell apart on white (Okabe and Ito, 2008). */
export const SERIES_COLORS: readonly Color[] = [
  [0, 114, 178],
  [213, 94, 0],
  [0, 158, 115],
  [204, 121, 167],
  [230, 159, 0],
  [86, 180, 233],
  [60, 60, 60],
  [148, 85, 40],
];

const GRID: Color = [228, 228, 228];
const AXIS: Color = [110, 110, 110];
const MARGIN = { left: 84, right: 24, top: 40, bottom: 54 };
const LEGEND_ROW = 16;

/** Draws a line chart with axes, ticks, grid and legend on a light background. */
export function drawLineChart(chart: LineChart): Canvas {
  const { width = 900, height = 360, series, logY = false } = chart;
  const canvas = new Canvas(width, height);
  const plot = {
    left: MARGIN.left,
    right: width - MARGIN.right - legendWidth(series),
    top: MARGIN.top,
    bottom: height - MARGIN.bottom,
  };
  const clean = series.map(({ x, y }) =>
    x.map((value, i) => [value, y[i]!] as Point).filter(([a, b]) =>
      Number.isFinite(a) && Number.isFinite(b) && (!logY || b > 0)
    )
  );
  const xRange = rangeOf(clean.flat().map(([x]) => x), false);
  const yRange = rangeOf(clean.flat().map(([, y]) => y), logY);
  const xAt = scaler(xRange, plot.left, plot.right, false);
  const yAt = scaler(yRange, plot.bottom, plot.top, logY);

  for (const tick of linearTicks(...xRange, 8)) {
    const x = Math.round(xAt(tick));
    canvas.fillRect(x, plot.top, 1, plot.bottom - plot.top, GRID);
    canvas.text(tickLabel(tick), x, plot.bottom + 8, { align: "center" });
  }
  for (const tick of logY ? logTicks(...yRange) : linearTicks(...yRange, 6)) {
    const y = Math.round(yAt(tick));
    canvas.fillRect(plot.left, y, plot.right - plot.left, 1, GRID);
    canvas.text(tickLabel(tick), plot.left - 8, y - 3, { align: "right" });
  }
  canvas.fillRect(plot.left, plot.top, 1, plot.bottom - plot.top, AXIS);
  canvas.fillRect(plot.left, plot.bottom, plot.right - plot.left, 1, AXIS);
  clean.forEach((points, n) => {
    canvas.polyline(
      points.map(([x, y]) => [xAt(x), yAt(y)]),
      SERIES_COLORS[n % SERIES_COLORS.length]!,
      1.8,
    );
  });

  canvas.text(chart.title, plot.left, 14, { scale: 2, color: [20, 20, 20] });
  const middle = (a: number, b: number) => Math.round((a + b) / 2);
  canvas.text(chart.xLabel, middle(plot.left, plot.right), height - 22, { align: "center" });
  canvas.text(chart.yLabel, 14, middle(plot.top, plot.bottom), { align: "center", vertical: true });
  if (series.length > 1) drawLegend(canvas, series, plot.right + 18, plot.top + 6);
  return canvas;
}

function legendWidth(series: readonly Series[]): number {
  if (series.length < 2) return 0;
  return Math.max(...series.map(({ name }) => textWidth(name))) + 44;
}

function drawLegend(canvas: Canvas, series: readonly Series[], x: number, y: number): void {
  series.forEach(({ name }, n) => {
    const top = y + n * LEGEND_ROW;
    canvas.fillRect(x, top + 2, 18, 3, SERIES_COLORS[n % SERIES_COLORS.length]!);
    canvas.text(name, x + 24, top + 4 - CELL_HEIGHT / 2);
  });
}

/** The range of an axis: that of its values, with a little air; never empty. */
function rangeOf(values: readonly number[], log: boolean): [number, number] {
  let [low, high] = log ? [0.1, 1] : [0, 1];
  if (values.length > 0) {
    low = values.reduce((a, b) => Math.min(a, b));
    high = values.reduce((a, b) => Math.max(a, b));
  }
  if (log) return low < high ? [low / 1.1, high * 1.1] : [low / 2, high * 2];
  if (low === high) return [low - 0.5, high + 0.5];
  return [low, high];
}

function scaler([low, high]: [number, number], from: number, to: number, log: boolean) {
  const place = (value: number) =>
    log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
  return (value: number) => from + place(value) * (to - from);
}
