import { writeNifti } from "../../../lib/formats/nifti/write_nifti.ts";
import { imageOf } from "../../../lib/formats/nifti/nifti_image.ts";
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { phantomCases } from "../../../lib/imaging/data/cases/phantom_cases.ts";
import { startRun } from "../../../lib/workflows/runs/start_run.ts";
import { startView } from "../../../lib/workflows/view/start_view.ts";
import { fromFileUrl } from "../../../lib/base/deps/std.ts";
import { findChromium, withChromium } from "../../chromium.ts";
import { openPage } from "../../workflows/view/view_page.ts";
import { runModule } from "../alternatives/subprocess.ts";
import { type Measurement, median, showSeconds } from "../measurement.ts";
import type { BenchOptions } from "../options.ts";
import { randomBatch } from "../step_runner.ts";
import type { PredictTiming } from "./run_predict.ts";
import { openNetworksPage } from "./time_networks.ts";
import { timeDrop } from "./time_page.ts";

/** Slices of the volume. */
const SLICES = 10;

const MAIN = fromFileUrl(new URL("../../../cli/main.ts", import.meta.url));

/** What is timed, in the order of the table. */
const TIMED = {
  drawn: ["drop to outline drawn", "page"],
  dropped: ["drop to segmentation, with uncertainty", "page"],
  process: ["file to file, from the start of the process", "tandem predict"],
  files: ["file to file, networks loaded anew", "predictFiles"],
  worker: ["segmentation alone, with uncertainty", "page"],
  alone: ["segmentation alone, with uncertainty", "segmentVolume"],
  tandem: ["FTN and STN alone", "page"],
  onnxruntime: ["FTN and STN alone", "onnxruntime-web, same page"],
} as const satisfies Record<string, readonly [what: string, by: string]>;

type Timed = keyof typeof TIMED;

/** With what of the page the others are compared. */
const BESIDE: Readonly<Partial<Record<Timed, Timed>>> = {
  ...{ process: "dropped", files: "dropped", alone: "worker", onnxruntime: "tandem" },
};

/**
 * Seconds from a scan to its segmentation in a page of Chromium, by the command line, and of the same
 * networks by onnxruntime-web in a page; by turns, of a network of base width 16 and a drawn heart.
 *
 * @param size Side of the slices that the networks see.
 */
export async function measurePage(options: BenchOptions, size: number): Promise<Measurement> {
  const { threads, steps, rounds } = options, chromium = findChromium();
  if (chromium === undefined) {
    const failure = "there is no Chromium on the PATH; set CHROMIUM_PATH";
    return { values: { failure }, head: ["page"], rows: [[failure]] };
  }
  const dir = await Deno.makeTempDir(), run = `${dir}/run`, scan = `${dir}/scan.nii.gz`;
  const times: Record<Timed, number[]> = {
    ...{ drawn: [], dropped: [], process: [], files: [], worker: [], alone: [] },
    ...{ tandem: [], onnxruntime: [] },
  };
  let deviation = 0, largestLogit = 0;
  try {
    await trainRun(run, size, threads);
    await writeHeart(scan);
    const view = await startView(run);
    try {
      await withChromium(chromium, async (browser) => {
        const { page } = await openPage(browser, `${view.url}?threads=${threads}`);
        const images = randomBatch(SLICES, size).images as Float32Array<ArrayBuffer>;
        const alone = await openNetworksPage(browser, run, images, { slices: SLICES, size });
        for (let round = 0; round < rounds; round++) {
          // only a page in front is drawn
          await page.bringToFront();
          await timeDrop(page, scan);
          for (let n = 0; n < steps; n++) {
            const { drawn, segmented, worker } = await timeDrop(page, scan);
            times.drawn.push(drawn);
            times.dropped.push(segmented);
            times.worker.push(worker);
          }
          for (let n = 0; n < steps; n++) {
            times.process.push(await predictSeconds(run, scan, `${dir}/labels.nii.gz`, threads));
          }
          const predict = [run, scan, `${dir}/labels.nii.gz`, `${steps}`, `${threads}`];
          const again = await runModule<PredictTiming>("../page/run_predict.ts", predict);
          times.files.push(...again.files);
          times.alone.push(...again.alone);
          const own = await alone.time("tandem", threads, steps);
          const other = await alone.time("onnxruntime-web", threads, steps);
          times.tandem.push(...own.seconds);
          times.onnxruntime.push(...other.seconds);
          own.logits.forEach((value, n) => {
            deviation = Math.max(deviation, Math.abs(value - other.logits[n]!));
            largestLogit = Math.max(largestLogit, Math.abs(value));
          });
        }
        await alone.close();
      }, { webgl: true });
    } finally {
      await view.stop();
    }
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
  return told(times, { size, threads, deviation, largestLogit });
}

/** A run that has taken one step, which is as quick to segment with as a long one. */
async function trainRun(dir: string, size: number, threads: number): Promise<void> {
  const flags = {
    data: { size, cache: "none" },
    phantom: { subjects: 3, otherSubjects: 0 },
    model: { baseWidth: 16 },
    training: { batchSize: 4, maxSteps: 1, threads },
    evaluation: { artifacts: false },
    output: { dir, pictures: false },
  } as const;
  await startRun(await resolveConfig({ flags }));
}

/** A drawn heart of ten slices, the nearest ones of those that it has. */
async function writeHeart(path: string): Promise<void> {
  const { images: [{ volume }] } = (await phantomCases("A", 1, 0)[0]!.load())!;
  const { shape: [ni, nj, nk], affine } = volume, area = ni * nj;
  const data = new Float32Array(area * SLICES);
  for (let k = 0; k < SLICES; k++) {
    const from = Math.round(k * (nk - 1) / (SLICES - 1)) * area;
    data.set(volume.data.subarray(from, from + area), k * area);
  }
  await writeNifti(path, imageOf({ data, shape: [ni, nj, SLICES], affine }));
}

/** Seconds of a process of the command line. */
async function predictSeconds(run: string, input: string, output: string, threads: number) {
  const began = performance.now();
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--no-check", MAIN, "predict", "--run", run, "-i", input, "-o", output],
      ...["--overwrite", "--threads", String(threads)],
    ],
    env: { NO_COLOR: "1" },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr).trim());
  return (performance.now() - began) / 1000;
}

function told(
  times: Readonly<Record<Timed, readonly number[]>>,
  { size, threads, deviation, largestLogit }: Record<
    "size" | "threads" | "deviation" | "largestLogit",
    number
  >,
): Measurement {
  const names = Object.keys(TIMED) as Timed[];
  const seconds = Object.fromEntries(names.map((name) => [name, median(times[name])])) as Record<
    Timed,
    number
  >;
  const ratio = (name: Timed) => BESIDE[name] && seconds[BESIDE[name]] / seconds[name];
  return {
    values: { slices: SLICES, size, threads, seconds, deviation, largestLogit },
    head: [`${SLICES} slices, ${size} x ${size}, ${threads} threads`, "by", "median", "page / it"],
    rows: names.map((name) => [
      ...TIMED[name],
      showSeconds(seconds[name]),
      ratio(name)?.toFixed(2) ?? "",
    ]),
    note: `logits of onnxruntime-web differ by ${deviation.toExponential(1)} of ` +
      `${largestLogit.toFixed(1)} at most; WebGL in software draws`,
  };
}
