/**
 * Metrics of segmentations and images on typed arrays. Loads no tensors.
 *
 * @module
 */
import "./gaps.ts";

export * from "../../lib/imaging/metrics/mod.ts";
