/** The one place that pins simple-statistics: library code imported by URL sees no import map. */
export {
  mean,
  median,
  quantile,
  quantileSorted,
  sampleRankCorrelation,
  sampleStandardDeviation,
} from "npm:simple-statistics@7.12.1";
