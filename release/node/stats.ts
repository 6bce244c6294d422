/**
 * Intervals, paired tests, effect sizes and ranks, of scores.
 *
 * @module
 */
import "./gaps.ts";

export * from "../../lib/base/stats/mod.ts";
