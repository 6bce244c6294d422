/**
 * Segments one file as `tandem predict` does, again and again in one process. Arguments: the run, the
 * file, the segmentation, how often, threads. Prints one line of JSON: {@linkcode PredictTiming}.
 */
import { readNifti } from "../../../lib/formats/nifti/read_nifti.ts";
import { segmentVolume } from "../../../lib/learning/prediction/segment_volume.ts";
import { loadRun } from "../../../lib/workflows/runs/load_run.ts";
import { predictFiles } from "../../../lib/workflows/runs/predict_files.ts";

/** Seconds of each run after one that warms up. */
export interface PredictTiming {
  /** File to file; the networks are loaded each time. */
  readonly files: readonly number[];
  /** The segmentation alone, of networks that are loaded, with the uncertainty that a page tells. */
  readonly alone: readonly number[];
}

const [dir, input, output, runs, count] = Deno.args as [string, string, string, string, string];
const threads = Number(count);

async function time(run: () => Promise<unknown>): Promise<number[]> {
  const seconds: number[] = [];
  for (let n = 0; n <= Number(runs); n++) {
    const began = performance.now();
    await run();
    seconds.push((performance.now() - began) / 1000);
  }
  return seconds.slice(1);
}

const files = await time(() =>
  Array.fromAsync(predictFiles(dir, { input, output, overwrite: true, threads }))
);
const run = await loadRun(dir, { threads }), { volume } = await readNifti(input);
const alone = await time(() => segmentVolume(run, volume, { uncertainty: true }));
run.segmenter.dispose();
console.log(JSON.stringify({ files, alone } satisfies PredictTiming));
Deno.exit();
