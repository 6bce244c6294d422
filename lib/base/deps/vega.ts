/**
 * The one place that pins Vega and Vega-Lite: library code imported by URL sees no import map. They
 * are large; whoever needs them imports this module when it does (see `lib/base/report/vega_svg.ts`).
 */
export { parse, View } from "npm:vega@6.4.0";
export { compile, type TopLevelSpec } from "npm:vega-lite@6.5.0";
