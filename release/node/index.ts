/**
 * What of Tandem runs under Node: artifacts, metrics, statistics, NIfTI, and the segmentation of volumes.
 * Training, studies and whole folders are the command line's (`npx tandem`), which runs under Deno.
 *
 * Importing this module starts no worker and no backend.
 *
 * @module
 */
import "./gaps.ts";

export * from "./artifacts.ts";
export * from "./metrics.ts";
export * from "./nifti.ts";
export * from "./segmentation.ts";
export * from "./stats.ts";
export { RandomStream, type RandomStreamState } from "../../lib/base/random/random_stream.ts";
