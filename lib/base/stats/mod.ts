/**
 * Intervals, paired tests, effect sizes and ranks: `tandem/stats`. Loads no tensors.
 *
 * @module
 */
export { mean, median, quantile, standardDeviation } from "./descriptives.ts";
export { averageOverSeeds } from "./average_over_seeds.ts";
export { bootstrapMean, type BootstrapOptions, type MeanInterval } from "./bootstrap_mean.ts";
export {
  type WilcoxonOptions,
  type WilcoxonResult,
  wilcoxonSignedRank,
} from "./wilcoxon_signed_rank.ts";
export type { ZeroHandling } from "./signed_ranks.ts";
export { holm } from "./holm.ts";
export { cohensDz, rankBiserial } from "./effect_sizes.ts";
export { auroc } from "./auroc.ts";
export { spearman } from "./spearman.ts";
export { bootstrapStrata, type Stratum } from "./bootstrap_strata.ts";
export { bootstrapStatistics, type StatisticInterval } from "./bootstrap_statistics.ts";
export {
  degradation,
  overallScore,
  SEVERITY_WEIGHT,
  type SeverityScore,
} from "./severity_weighted.ts";
export { RandomStream } from "../random/random_stream.ts";
