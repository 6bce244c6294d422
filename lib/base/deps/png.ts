/** The one place that pins fast-png: library code imported by URL sees no import map. */
export { decode as decodePng, encode as encodePng } from "npm:fast-png@8.0.0";
