/** Moments that a browser's profile, and the benchmark, know by name. */
export const MARKS = {
  /** A scan is segmented; `detail` has the seconds in the worker. */
  segmented: "tandem: segmented",
  /** A viewer has drawn its layers, whose names are the mark's `detail`. */
  drawn: "tandem: drawn",
} as const;
