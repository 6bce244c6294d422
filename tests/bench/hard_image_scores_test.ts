import { assert, assertAlmostEquals, assertEquals } from "../deps.ts";
import { square } from "../../lib/base/volume/slice_size.ts";
import { IGNORED } from "../../lib/base/task/task.ts";
import type { SliceStack } from "../../lib/learning/models/segmenter.ts";
import {
  type HardImageScores,
  meanText,
  scoreHardImage,
  thirdsByEnergy,
} from "./hard_image_scores.ts";

/** Bright pixels are of class 1, the first quarter of each slice is, and one is not known. */
const segmenter = {
  segment: ({ images }: SliceStack) => ({
    ftn: Uint8Array.from(images, (value) => value > 0.5 ? 1 : 0),
  }),
};
const labels = Uint8Array.from({ length: 2 * 256 }, (_, n) => n % 256 < 64 ? 1 : 0);
labels[255] = IGNORED;
const images = Float32Array.from(labels, (label, n) => label === 1 ? 0.8 : (n % 7) / 20);
const scan = { images, labels, slices: 2, channels: 1, ...square(16) };

Deno.test("scoreHardImage() has a scan against itself, and one whose organ is darker", () => {
  const same = scoreHardImage(segmenter, scan, images);
  assertEquals([same.dice, same.energy, same.psnr], [1, 1, Infinity]);
  assertAlmostEquals(same.ssim, 1, 1e-6);
  // Half as bright in the first slice's organ: its pixels are not found, a quarter of the energy is left.
  const dim = images.map((value, n) => n < 64 ? value / 2 : value);
  const { dice, energy, psnr, ssim } = scoreHardImage(segmenter, scan, dim);
  assertAlmostEquals(dice, 2 * 64 / (64 + 128), 1e-12);
  assertAlmostEquals(energy, (0.25 + 1) / 2, 1e-6);
  // 64 of 512 pixels are off by 0.4; the scan goes from 0 to 0.8.
  assertAlmostEquals(psnr, 10 * Math.log10(0.8 ** 2 / (64 * 0.4 ** 2 / 512)), 1e-5);
  assert(ssim < 1 && ssim > 0);
});

Deno.test("thirdsByEnergy() and meanText() leave out what is not finite", () => {
  const scores = (energy: number, dice: number): HardImageScores => ({
    ...{ energy, dice, psnr: energy > 0.5 ? Infinity : 20, ssim: 1 },
  });
  const all = [scores(0.9, 1), scores(0.1, 0.2), scores(0.5, 0.6)];
  assertEquals(thirdsByEnergy(all, "dice"), ["0.200", "0.600", "1.000"]);
  assertEquals(meanText(all, "psnr", 1), "20.0");
  assertEquals(meanText([all[0]!], "psnr"), "-");
});
