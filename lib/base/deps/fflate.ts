/**
 * The one place that pins fflate: inflating in pieces, so that a reader can stop where it has what it
 * wants. Whole streams go through `node:zlib`, which is faster and checks their sums.
 */
export { Gunzip } from "npm:fflate@0.8.3";
