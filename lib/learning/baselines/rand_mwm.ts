import { type Tensor4D, tf } from "../../../wasm/mod.ts";
import { RandomStream, type RandomStreamState } from "../../base/random/random_stream.ts";
import type { Method } from "./method.ts";

/** A part of an image, in pixels: `height` rows from `top`, `width` columns from `left`. */
export interface Window {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** How one image is masked: plain JSON. */
export interface WindowMasking {
  /** `inpainting` replaces the windows by noise, `outpainting` all but the windows. */
  readonly mode: "inpainting" | "outpainting";
  /** 0 to 5; they may overlap. */
  readonly windows: readonly Window[];
  /** Where the noise, U(0, 1), is drawn from. */
  readonly noise: RandomStreamState;
}

/** Most windows of an image, and the chance of each that follows the one before. */
const WINDOWS = 5, CHANCE = 0.95;
/** Pixels between a window and the image's border, at least. */
const BORDER = 3;
/** The smallest side on which the largest window, a third, finds a place. */
const SMALLEST = 9;

/**
 * Draws the masking of each image: sides are whole numbers from a sixth to a third of the image's.
 *
 * @param shape [batch, height, width, channels]
 * @throws {RangeError} If height or width is less than 9.
 */
export function sampleRandMwm(
  [batch, height, width]: Tensor4D["shape"],
  random: RandomStream,
): WindowMasking[] {
  if (Math.min(height, width) < SMALLEST) {
    throw new RangeError(
      `Cannot mask windows: images are ${height} x ${width}, wanted at least ${SMALLEST} a side`,
    );
  }
  return Array.from({ length: batch }, (_, n) => {
    const stream = random.stream("window-masking", n);
    const mode = stream.choice(["inpainting", "outpainting"] as const);
    const windows: Window[] = [];
    while (windows.length < WINDOWS && stream.chance(CHANCE)) {
      windows.push(sampleWindow(height, width, stream));
    }
    return { mode, windows, noise: stream.stream("noise").state() };
  });
}

function sampleWindow(height: number, width: number, random: RandomStream): Window {
  const side = (whole: number) => random.integer(Math.floor(whole / 6), Math.floor(whole / 3));
  const size = { height: side(height), width: side(width) };
  return {
    top: random.integer(BORDER, height - size.height - BORDER),
    left: random.integer(BORDER, width - size.width - BORDER),
    ...size,
  };
}

/**
 * The masked images.
 *
 * @param images [batch, height, width, channels], 0-1.
 * @param maskings One an image.
 * @returns New values, 0-1.
 */
export function applyRandMwm(
  images: Float32Array,
  [, height, width, channels]: Tensor4D["shape"],
  maskings: readonly WindowMasking[],
): Float32Array {
  const result = images.slice();
  maskings.forEach(({ mode, windows, noise }, n) => {
    const random = RandomStream.fromState(noise);
    const inside = new Uint8Array(height * width);
    for (const { top, left, ...size } of windows) {
      for (let y = top; y < top + size.height; y++) {
        inside.fill(1, y * width + left, y * width + left + size.width);
      }
    }
    const replaced = mode === "inpainting" ? 1 : 0;
    const start = n * inside.length;
    for (let p = 0; p < inside.length; p++) {
      if (inside[p] !== replaced) continue;
      for (let c = 0; c < channels; c++) result[(start + p) * channels + c] = random.uniform();
    }
  });
  return result;
}

/** Random multi-window masking (rand MWM): the networks see windows of noise, or only windows. */
export const randMwm: Method = {
  name: "rand-mwm",
  title: "Rand MWM",
  family: "image",
  summary: "Windows of each image are replaced by noise, or all but the windows.",
  source: "Zhou et al., Models Genesis, Medical Image Analysis 2021",
  settings: { latentAugmentation: false, imageAugmentation: "rand-mwm" },
  augment(_network, { noisyImage }, random) {
    const { shape } = noisyImage, values = noisyImage.dataSync() as Float32Array;
    const image = tf.tensor4d(applyRandMwm(values, shape, sampleRandMwm(shape, random)), shape);
    return [{ image, weight: 1 }];
  },
};
