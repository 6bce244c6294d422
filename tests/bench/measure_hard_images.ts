/**
 * What hard images are to a run's networks, over its validation subjects:
 * `deno run -A tests/bench/measure_hard_images.ts RUN [RUN ...]` prints a row a run.
 *
 * PSNR and SSIM tell how much of a scan is left in its reconstruction and in a hard image, Dice whether
 * the organ can still be found there, and the energy whether it is there at all.
 */
import { RandomStream } from "../../lib/base/random/random_stream.ts";
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
import {
  type HardImageScores,
  meanText,
  scoreHardImage,
  thirdsByEnergy,
} from "./hard_image_scores.ts";

/** Draws of masks for every validation subject. */
const DRAWS = 4;

const HEAD = [
  ...["run", "step", "PSNR of the reconstruction", "SSIM", "PSNR of hard images", "SSIM"],
  ...["Dice on scans", "on reconstructions", "on hard images"],
  ...["energy left in the organ", "Dice on hard images, of three thirds by energy, least first"],
];

/** Measures one run. */
async function measure(dir: string): Promise<string[]> {
  const { folder, config } = await openRunFolder(dir);
  const data = await readData(folder, config), model = networkModel(config.model, data);
  const path = await findCheckpoint(folder), checkpoint = await loadCheckpoint(path, { ...model });
  const random = RandomStream.fromSeed(config.training.seed).stream("hard-images");
  const stepper = await createStepper({ ...config, model }, random);
  restoreStepper(stepper, path, checkpoint);
  const { validation } = await openRunCases(config);
  const [scans, decoded, hard]: HardImageScores[][] = [[], [], []];
  for (const source of validation) {
    const scan = await prepareAnew(source, "validation", data.preparation);
    const { reconstruction } = stepper.segment(scan, { reconstruction: true });
    scans!.push(scoreHardImage(stepper, scan, scan.images));
    if (reconstruction !== undefined) decoded!.push(scoreHardImage(stepper, scan, reconstruction));
    for (let draw = 0; draw < DRAWS; draw++) {
      const image = hardImage(stepper, scan, random.stream(source.id, draw));
      if (image !== undefined) hard!.push(scoreHardImage(stepper, scan, image));
    }
  }
  stepper.dispose();
  return [
    ...[dir, String(checkpoint.state.position.step)],
    ...[
      meanText(decoded!, "psnr", 1),
      meanText(decoded!, "ssim"),
      meanText(hard!, "psnr", 1),
      meanText(hard!, "ssim"),
    ],
    ...[
      meanText(scans!, "dice"),
      meanText(decoded!, "dice"),
      meanText(hard!, "dice"),
      meanText(hard!, "energy"),
    ],
    thirdsByEnergy(hard!, "dice").join(" / "),
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

if (import.meta.main) {
  if (Deno.args.length === 0) throw new TypeError("Cannot measure nothing: wanted run folders");
  console.log(`| ${HEAD.join(" | ")} |\n|${" --- |".repeat(HEAD.length)}`);
  for (const dir of Deno.args) console.log(`| ${(await measure(dir)).join(" | ")} |`);
}
