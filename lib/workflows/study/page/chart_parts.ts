/** What charts of several sections have in common. */
import type { VegaChart } from "../../../base/report/vega_svg.ts";
import { type LegendEntry, legendHtml } from "../../../base/pages/markup.ts";
import { lookScales, type MethodLook } from "./method_look.ts";

/** Kinds of test sets by colour, for charts of single subjects or volumes. */
export const KIND_COLORS = {
  intra: "var(--m0)",
  cross: "var(--m1)",
  corrupted: "var(--m2)",
} as const;

const KIND_TITLES = { intra: "intra-domain", cross: "cross-domain", corrupted: "corrupted" };

/** The legend of all methods. */
export function methodLegend(looks: readonly MethodLook[]): string {
  return legendHtml(looks.map(({ title, ...look }): LegendEntry => ({ name: title, ...look })));
}

/** The legend of {@linkcode KIND_COLORS}. */
export function kindLegend(): string {
  return legendHtml(
    Object.entries(KIND_COLORS).map(([kind, color]) => ({
      name: KIND_TITLES[kind as keyof typeof KIND_TITLES],
      color,
      dot: true,
    })),
  );
}

/** A scale of colours for a field that holds kinds. */
export const KIND_SCALE = {
  scale: { domain: Object.keys(KIND_COLORS), range: Object.values(KIND_COLORS) },
  legend: null,
};

/** One point of a curve. */
export interface CurvePoint {
  /** The method's title. */
  readonly method: string;
  readonly x: number;
  readonly y: number;
}

/** How the axes of {@linkcode methodCurves} are. */
export interface CurveAxes {
  readonly xTitle: string;
  readonly yTitle: string;
  /** Marks of the x axis, where they are few and whole. */
  readonly xValues?: readonly number[];
  readonly yDomain?: readonly [number, number];
  readonly logY?: boolean;
  /** Mark each point. */
  readonly points?: boolean;
}

/** A line a method. */
export function methodCurves(
  values: readonly CurvePoint[],
  looks: readonly MethodLook[],
  { title, label, height = 200 }: Pick<VegaChart, "title" | "label" | "height">,
  { xTitle, yTitle, xValues, yDomain, logY = false, points = false }: CurveAxes,
): VegaChart {
  const { color, strokeDash } = lookScales(looks);
  return {
    title,
    label,
    height,
    spec: {
      data: { values },
      mark: { type: "line", strokeWidth: 1.7, ...(points && { point: { size: 22, opacity: 1 } }) },
      encoding: {
        x: {
          field: "x",
          type: "quantitative",
          title: xTitle,
          scale: { nice: false },
          // A number of ticks would thin out the values that are given.
          axis: { grid: false, ...(xValues ? { values: xValues, format: "d" } : { tickCount: 5 }) },
        },
        y: {
          field: "y",
          type: "quantitative",
          title: yTitle,
          scale: {
            ...(logY ? { type: "log" } : { zero: false }),
            ...(yDomain && { domain: yDomain }),
          },
          axis: { tickCount: logY ? 3 : 5, minExtent: 28 },
        },
        color: { field: "method", type: "nominal", ...color },
        strokeDash: { field: "method", type: "nominal", ...strokeDash },
      },
    },
  };
}

/** At most so many entries, evenly from first to last. */
export function thinned<T>(values: readonly T[], most: number): readonly T[] {
  if (values.length <= most) return values;
  return Array.from(
    { length: most },
    (_, n) => values[Math.round(n * (values.length - 1) / (most - 1))]!,
  );
}

/** The first letter as a capital. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
