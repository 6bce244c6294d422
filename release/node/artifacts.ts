/**
 * Artifacts of acquisition on typed arrays, and suites of them. Loads no tensors.
 *
 * @module
 */
import "./gaps.ts";

export * from "../../lib/imaging/artifacts/mod.ts";
