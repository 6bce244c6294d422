import { escapeHtml } from "../deps/std.ts";
import type { TopLevelSpec } from "../deps/vega.ts";

/** A chart in Vega-Lite, without what all charts share. */
export interface VegaChart {
  /** Stands above the chart. */
  readonly title: string;
  /** What it shows, for those who do not see it. */
  readonly label: string;
  /** Outer width in pixels, axes included; 340 by default. */
  readonly width?: number;
  /** Outer height in pixels; 220 by default. */
  readonly height?: number;
  /** Vega-Lite: `data`, and `mark` and `encoding` or `layer`. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** Not written out in `import()`, or Deno would fetch it before anything runs: 69 packages. */
const VEGA = "../deps/vega.ts";

/** The colours of text, axes and grid are variables of the page's style sheet. */
const CONFIG = {
  aria: false,
  background: null,
  font: "system-ui, sans-serif",
  view: { stroke: null },
  axis: {
    domainColor: "var(--axis)",
    tickColor: "var(--axis)",
    gridColor: "var(--grid)",
    labelColor: "var(--ink)",
    titleColor: "var(--quiet)",
    titleFontWeight: "normal",
    labelFontSize: 11,
    titleFontSize: 11,
    titlePadding: 6,
    // Without a canvas text is measured too wide, and would be cut or left out.
    labelLimit: 0,
    labelOverlap: false,
    labelFlush: false,
    tickSize: 4,
  },
  title: {
    color: "var(--ink)",
    fontSize: 12.5,
    fontWeight: 600,
    anchor: "start",
    frame: "bounds",
    offset: 8,
  },
};

/**
 * Draws a chart as SVG, without a browser. Vega is loaded by the first call.
 *
 * Colours may be `var(--name)`: they follow the page that holds the SVG.
 *
 * @returns An `svg` element of class `chart`, of the size asked for, to be put into HTML.
 * @throws {Error} If Vega-Lite cannot compile the chart.
 */
export async function vegaSvg(chart: VegaChart): Promise<string> {
  const { title, label, width = 340, height = 220, spec } = chart;
  const vega: typeof import("../deps/vega.ts") = await import(VEGA);
  const compiled = vega.compile({
    title,
    width,
    height,
    autosize: { type: "fit", contains: "padding" },
    padding: 2,
    ...spec,
    config: CONFIG,
  } as unknown as TopLevelSpec);
  const view = new vega.View(vega.parse(compiled.spec), { renderer: "none" });
  try {
    return slim(await view.toSVG(), label);
  } finally {
    view.finalize();
  }
}

/** Without what no reader sees, which is half of it; with a name for those who hear it. */
function slim(svg: string, label: string): string {
  const body = svg.slice(svg.indexOf(">") + 1)
    .replaceAll(/<[a-z][^>]*>/g, slimTag)
    .replaceAll(/<path\/>(<\/path>)?/g, "");
  const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return `<svg class="chart" role="img" aria-label="${escapeHtml(label)}" width="${width}" ` +
    `height="${height}" viewBox="0 0 ${width} ${height}">${body}`;
}

function slimTag(tag: string): string {
  const empty = /^<path .*d="(M0,0h0v0h0Z)?"/.test(tag);
  const unseen = tag.startsWith('<path class="background"') && !tag.includes("stroke=");
  if (empty || unseen) return "<path/>";
  return tag
    .replaceAll(/ (aria-[a-z]+|role|pointer-events|class|font-family)="[^"]*"/g, "")
    .replace(' opacity="1"', "")
    .replaceAll(/-?\d+\.\d{3,}/g, (digits) => String(Number(Number(digits).toFixed(2))))
    .replace(DOT, '<circle cx="$1" cy="$2" r="$3"');
}

/** How Vega writes a circle: most of a page with a dot a subject. */
const DOT =
  /^<path transform="translate\(([-\d.]+),([-\d.]+)\)" d="M([\d.]+),0A\3,\3,0,1,1,-\3,0A\3,\3,0,1,1,\3,0"(?=[^>]*\/>$)/;
