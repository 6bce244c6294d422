/**
 * The one place that pins fflate: the files of an archive, and inflating in pieces, so that a reader
 * can stop where it has what it wants. Whole streams go through `node:zlib`, which is faster and
 * checks their sums.
 */
export { Gunzip, unzipSync } from "npm:fflate@0.8.3";
