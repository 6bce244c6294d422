import type { LineStyle } from "../../../base/pages/markup.ts";
import type { StudySummary } from "../results/study_summary.ts";

/** How a method is drawn in every chart. */
export interface MethodLook {
  readonly method: string;
  /** Short enough for an axis. */
  readonly title: string;
  /** A variable of the page's style sheet. */
  readonly color: string;
  readonly line: LineStyle;
}

const DASHES = { solid: [1, 0], dashed: [5, 3], dotted: [2, 2] };

/** Hues of the style sheet besides the reference's grey. */
const HUES = 9;

/**
 * The looks of all methods in their order: the first one, which the others are compared with, is
 * grey, the focus the first hue. Hues that are alike to some eyes, or come twice, are told apart by
 * dashes.
 */
export function methodLooks(
  { plan, rows }: {
    readonly plan: Pick<StudySummary["plan"], "methods">;
    readonly rows: readonly Pick<StudySummary["rows"][number], "method" | "title">[];
  },
): MethodLook[] {
  const focus = focusMethod(plan.methods);
  const others = plan.methods.slice(1).filter((method) => method !== focus);
  return plan.methods.map((method, n) => {
    const place = method === focus ? 0 : 1 + others.indexOf(method);
    const title = rows.find((row) => row.method === method)?.title ?? method;
    return {
      method,
      title: title.length > 20 ? `${title.slice(0, 19)}…` : title,
      color: n === 0 ? "var(--m0)" : `var(--m${1 + place % HUES})`,
      line: n === 0 ? "solid" : lineStyle(place),
    };
  });
}

function lineStyle(place: number): LineStyle {
  if (place >= HUES) return "dotted";
  return place > 2 && place % 2 === 1 ? "dashed" : "solid";
}

/** The method that the study is about: `full`, or where it is not there the last. */
export function focusMethod(methods: readonly string[]): string {
  return methods.includes("full") ? "full" : methods.at(-1)!;
}

/** A colour scale and dashes of Vega-Lite by title. */
export function lookScales(looks: readonly MethodLook[]) {
  const domain = looks.map(({ title }) => title);
  return {
    color: { scale: { domain, range: looks.map(({ color }) => color) }, legend: null },
    strokeDash: {
      scale: { domain, range: looks.map(({ line }) => DASHES[line]) },
      legend: null,
    },
  };
}
