/**
 * The one place that pins resvg (its WASM build), which makes pictures of SVG: library code imported by URL
 * sees no import map. Only `lib/base/report/svg_png.ts` imports this module, when there is something to draw:
 * the WASM weighs 2.5 MB.
 */
export { initWasm, Resvg } from "npm:@resvg/resvg-wasm@2.6.2";

/** Where its binary lies; a page knows no packages: there it lies beside the bundle. */
export function resvgBinary(): URL {
  const home = import.meta.resolve("npm:@resvg/resvg-wasm@2.6.2/index_bg.wasm");
  return home.startsWith("npm:") ? new URL("./index_bg.wasm", import.meta.url) : new URL(home);
}
