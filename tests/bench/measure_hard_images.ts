/**
 * What hard images are to a run's networks, over its validation subjects:
 * `deno run -A tests/bench/measure_hard_images.ts RUN [RUN ...]` prints a row a run.
 *
 * PSNR and SSIM tell how much of a scan is left in its reconstruction and in a hard image, Dice whether
 * the organ can still be found there, and the energy whether it is there at all.
 */
import { IGNORED } from "../../lib/base/task/task.ts";
import { RandomStream } from "../../lib/base/random/random_stream.ts";
import { dice } from "../../lib/imaging/metrics/dice.ts";
import { psnr } from "../../lib/imaging/metrics/psnr.ts";
import { ssim } from "../../lib/imaging/metrics/ssim.ts";
import { openRunCases } from "../../lib/imaging/data/cases/run_cases.ts";
import { channelsLast } from "../../lib/imaging/data/batches/channels_last.ts";
import { prepareAnew } from "../../lib/learning/evaluation/prepared_cases.ts";
import { createStepper } from "../../lib/learning/cooperative/create_stepper.ts";
import { restoreStepper } from "../../lib/learning/training/restore_stepper.ts";
import type { Stepper } from "../../lib/learning/training/stepper.ts";
import type { EvaluableCase } from "../../lib/learning/evaluation/segment_case.ts";
import { loadCheckpoint } from "../../lib/formats/run_folder/checkpoint.ts";
import { findCheckpoint } from "../../lib/workflows/runs/find_checkpoint.ts";
import { openRunFolder } from "../../lib/workflows/runs/open_run_folder.ts";
import { networkModel, readData } from "../../lib/workflows/runs/settle_data.ts";

/** Draws of masks for every validation subject. */
const DRAWS = 4;

const HEAD = [
  ...["run", "step", "PSNR of the reconstruction", "SSIM", "PSNR of hard images", "SSIM"],
  ...["Dice on scans", "on reconstructions", "on hard images"],
  ...["energy left in the organ", "Dice on hard images, of three thirds by energy, least first"],
];

/** One volume, its reconstruction or a hard image of it, [slices, height, width]. */
interface Measured {
  readonly psnr: number;
  readonly ssim: number;
  readonly dice: number;
  /** Sum of squares within the organ, as a share of the scan's. */
  readonly energy: number;
}

/** Measures one run. */
async function measure(dir: string): Promise<string[]> {
  const { folder, config } = await openRunFolder(dir);
  const data = await readData(folder, config), model = networkModel(config.model, data);
  const path = await findCheckpoint(folder), checkpoint = await loadCheckpoint(path, { ...model });
  const random = RandomStream.fromSeed(config.training.seed).stream("hard-images");
  const stepper = await createStepper({ ...config, model }, random);
  restoreStepper(stepper, path, checkpoint);
  const { validation } = await openRunCases(config);
  const [scans, decoded, hard]: Measured[][] = [[], [], []];
  for (const source of validation) {
    const scan = await prepareAnew(source, "validation", data.preparation);
    const { reconstruction } = stepper.segment(scan, { reconstruction: true });
    scans!.push(compare(stepper, scan, scan.images));
    if (reconstruction !== undefined) decoded!.push(compare(stepper, scan, reconstruction));
    for (let draw = 0; draw < DRAWS; draw++) {
      const image = hardImage(stepper, scan, random.stream(source.id, draw));
      if (image !== undefined) hard!.push(compare(stepper, scan, image));
    }
  }
  stepper.dispose();
  const thirds = [...hard!].sort((a, b) => a.energy - b.energy);
  const third = (n: number) =>
    thirds.slice(Math.floor(n * thirds.length / 3), Math.floor((n + 1) * thirds.length / 3));
  return [
    ...[dir, String(checkpoint.state.position.step)],
    ...[
      mean(decoded!, "psnr", 1),
      mean(decoded!, "ssim"),
      mean(hard!, "psnr", 1),
      mean(hard!, "ssim"),
    ],
    ...[mean(scans!, "dice"), mean(decoded!, "dice"), mean(hard!, "dice"), mean(hard!, "energy")],
    [0, 1, 2].map((n) => mean(third(n), "dice")).join(" / "),
  ];
}

/** The hard image of all slices of a scan, in one batch; undefined where the method makes none. */
function hardImage(
  stepper: Stepper,
  { images, labels, slices, height, width, channels, id }: EvaluableCase,
  random: RandomStream,
): Float32Array | undefined {
  const { image } = stepper.hardExample({
    ...{ batch: slices, height, width, channels, labels: labels!, ids: [id] },
    images: channelsLast(images, channels, height * width),
  }, random);
  if (image !== undefined && channels !== 1) {
    throw new RangeError(`Cannot measure ${id}: it has ${channels} channels, wanted 1`);
  }
  return image;
}

/** An image of a scan's slices, against the scan and its label. */
function compare(stepper: Stepper, scan: EvaluableCase, images: Float32Array): Measured {
  const { labels, slices, height, width } = scan, { ftn } = stepper.segment({ ...scan, images });
  const shape = [width, height, slices] as const;
  const classes = [...new Set(labels)].filter((one) => one !== 0 && one !== IGNORED);
  const scores = classes.map((one) => dice(ftn!, labels!, one));
  let [own, whole] = [0, 0];
  labels!.forEach((label, o) => {
    if (label === 0 || label === IGNORED) return;
    own += images[o]! ** 2;
    whole += scan.images[o]! ** 2;
  });
  return {
    psnr: psnr(images, scan.images),
    ssim: ssim({ data: images, shape }, { data: scan.images, shape }),
    dice: scores.reduce((sum, one) => sum + one, 0) / scores.length,
    energy: own / whole,
  };
}

function mean(all: readonly Measured[], what: keyof Measured, digits = 3): string {
  const finite = all.map((one) => one[what]).filter(Number.isFinite);
  if (finite.length === 0) return "-";
  return (finite.reduce((sum, value) => sum + value, 0) / finite.length).toFixed(digits);
}

if (import.meta.main) {
  if (Deno.args.length === 0) throw new TypeError("Cannot measure nothing: wanted run folders");
  console.log(`| ${HEAD.join(" | ")} |\n|${" --- |".repeat(HEAD.length)}`);
  for (const dir of Deno.args) console.log(`| ${(await measure(dir)).join(" | ")} |`);
}
