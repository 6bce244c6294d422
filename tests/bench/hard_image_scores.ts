/** What an image of a scan's slices is against the scan: how much of it is left, and of its organ. */
import { IGNORED } from "../../lib/base/task/task.ts";
import { dice } from "../../lib/imaging/metrics/dice.ts";
import { psnr } from "../../lib/imaging/metrics/psnr.ts";
import { ssim } from "../../lib/imaging/metrics/ssim.ts";
import type { Segmenter, SliceStack } from "../../lib/learning/models/segmenter.ts";

/** One volume, its reconstruction or a hard image of it. */
export interface HardImageScores {
  readonly psnr: number;
  readonly ssim: number;
  /** Of the fast-thinking network, over the classes of the label. */
  readonly dice: number;
  /** Sum of squares within the organ, as a share of the scan's. */
  readonly energy: number;
}

/**
 * Scores an image of a scan's slices by the scan and its label.
 *
 * @param images `[slices, 1, height, width]`, as the scan's.
 */
export function scoreHardImage(
  segmenter: Pick<Segmenter, "segment">,
  scan: SliceStack & { readonly labels?: Uint8Array },
  images: Float32Array,
): HardImageScores {
  const { slices, height, width } = scan, labels = scan.labels!;
  const { ftn } = segmenter.segment({ ...scan, images });
  const shape = [width, height, slices] as const;
  const classes = [...new Set(labels)].filter((one) => one !== 0 && one !== IGNORED);
  const scores = classes.map((one) => dice(ftn, labels, one));
  let [own, whole] = [0, 0];
  labels.forEach((label, o) => {
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

/** The mean of those that are finite, as text; "-" where none is. */
export function meanText(
  all: readonly HardImageScores[],
  what: keyof HardImageScores,
  digits = 3,
): string {
  const finite = all.map((one) => one[what]).filter(Number.isFinite);
  if (finite.length === 0) return "-";
  return (finite.reduce((sum, value) => sum + value, 0) / finite.length).toFixed(digits);
}

/** The means of a number over three thirds, those of least energy first. */
export function thirdsByEnergy(all: readonly HardImageScores[], what: keyof HardImageScores) {
  const sorted = all.toSorted((a, b) => a.energy - b.energy);
  const from = (n: number) => Math.floor(n * sorted.length / 3);
  return [0, 1, 2].map((n) => meanText(sorted.slice(from(n), from(n + 1)), what));
}
