/**
 * Segments one file as `tandem predict` does, again and again in one process. Arguments: the run, the
 * file, the segmentation, how often, threads. Prints one line of JSON: {@linkcode PredictTiming}.
 */
import { predictFiles } from "../../../lib/workflows/runs/predict_files.ts";

/** Seconds of each run after one that warms up, file to file. */
export interface PredictTiming {
  /** Labels alone. */
  readonly labels: readonly number[];
  /** With the maps of uncertainty, which a page makes too. */
  readonly uncertainty: readonly number[];
}

const [run, input, output, runs, threads] = Deno.args as [string, string, string, string, string];
const timing = { labels: [] as number[], uncertainty: [] as number[] };
for (let n = -1; n < Number(runs); n++) {
  for (const what of ["labels", "uncertainty"] as const) {
    const began = performance.now();
    await Array.fromAsync(predictFiles(run, {
      ...{ input, output, overwrite: true, threads: Number(threads) },
      uncertainty: what === "uncertainty",
    }));
    if (n >= 0) timing[what].push((performance.now() - began) / 1000);
  }
}
console.log(JSON.stringify(timing satisfies PredictTiming));
