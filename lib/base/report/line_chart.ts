import { type Drawing, svgText, textWidth } from "./svg.ts";
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
  /** Pixels; 360 by default, and more for the notes. */
  readonly height?: number;
  /** What has to be known to read it, a line each, below the chart. */
  readonly notes?: readonly string[];
}

type Point = readonly [x: number, y: number];

/** Colours that people with any colour vision tell apart on white (Okabe and Ito, 2008). */
export const SERIES_COLORS: readonly string[] = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
  "#3c3c3c",
  "#945523",
];

const GRID = "#e4e4e4", AXIS = "#6e6e6e", QUIET = "#5a5a5a";
const MARGIN = { left: 76, right: 24, top: 44, bottom: 54 };
const LEGEND_ROW = 18, NOTE_ROW = 17;

/** Points that are few enough to be marked each. */
const FEW_POINTS = 12;

/** Draws a line chart with axes, ticks, grid and legend. */
export function drawLineChart(chart: LineChart): Drawing {
  const { width = 900, height = 360, series, logY = false, notes = [] } = chart;
  const plot = {
    left: MARGIN.left,
    right: Math.round(width - MARGIN.right - legendWidth(series)),
    top: MARGIN.top,
    bottom: height - MARGIN.bottom,
  };
  const clean = series.map(({ x, y }) =>
    x.map((value, i): Point => [value, y[i]!]).filter(([a, b]) =>
      Number.isFinite(a) && Number.isFinite(b) && (!logY || b > 0)
    )
  );
  const xRange = rangeOf(clean.flat().map(([x]) => x), false);
  const yRange = rangeOf(clean.flat().map(([, y]) => y), logY);
  const xAt = scaler(xRange, plot.left, plot.right, false);
  const yAt = scaler(yRange, plot.bottom, plot.top, logY);
  const middle = (a: number, b: number) => Math.round((a + b) / 2);
  const parts: string[] = [];

  for (const tick of linearTicks(...xRange, 8)) {
    const x = Math.round(xAt(tick));
    parts.push(rect(x, plot.top, 1, plot.bottom - plot.top, GRID));
    parts.push(svgText(tickLabel(tick), x, plot.bottom + 17, { align: "center" }));
  }
  for (const tick of logY ? logTicks(...yRange) : linearTicks(...yRange, 6)) {
    const y = Math.round(yAt(tick));
    parts.push(rect(plot.left, y, plot.right - plot.left, 1, GRID));
    parts.push(svgText(tickLabel(tick), plot.left - 8, y + 4, { align: "right" }));
  }
  parts.push(rect(plot.left, plot.top, 1, plot.bottom - plot.top, AXIS));
  parts.push(rect(plot.left, plot.bottom, plot.right - plot.left, 1, AXIS));
  clean.forEach((points, n) => {
    parts.push(curve(points.map(([x, y]) => [xAt(x), yAt(y)]), colorOf(n)));
  });

  parts.push(svgText(chart.title, plot.left, 26, { size: 17, color: "#141414" }));
  const center = { align: "center", color: QUIET } as const;
  parts.push(svgText(chart.xLabel, middle(plot.left, plot.right), height - 16, center));
  parts.push(
    svgText(chart.yLabel, 22, middle(plot.top, plot.bottom), { ...center, vertical: true }),
  );
  if (series.length > 1) parts.push(legend(series, plot.right + 18, plot.top + 6));
  notes.forEach((note, n) => {
    parts.push(svgText(note, plot.left, height + 8 + n * NOTE_ROW, { color: QUIET }));
  });
  return {
    width,
    height: height + (notes.length > 0 ? 8 : 0) + notes.length * NOTE_ROW,
    body: parts.join(""),
  };
}

function colorOf(series: number): string {
  return SERIES_COLORS[series % SERIES_COLORS.length]!;
}

function rect(x: number, y: number, width: number, height: number, color: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${color}"/>`;
}

function curve(points: readonly Point[], color: string): string {
  // no chart shows more, and more would differ with the machine's logarithm
  const text = points.map((point) => point.map((value) => Number(value.toFixed(2))).join());
  const line = `<polyline points="${text.join(" ")}" fill="none" stroke="${color}" ` +
    `stroke-width="1.8" stroke-linejoin="round"/>`;
  if (points.length > FEW_POINTS) return line;
  const dots = text.map((point) => {
    const [x, y] = point.split(",");
    return `<circle cx="${x}" cy="${y}" r="2.8" fill="${color}"/>`;
  });
  return line + dots.join("");
}

function legendWidth(series: readonly Series[]): number {
  if (series.length < 2) return 0;
  return Math.max(...series.map(({ name }) => textWidth(name))) + 44;
}

function legend(series: readonly Series[], x: number, y: number): string {
  return series.map(({ name }, n) => {
    const top = y + n * LEGEND_ROW;
    return rect(x, top + 3, 18, 3, colorOf(n)) + svgText(name, x + 24, top + 9);
  }).join("");
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
