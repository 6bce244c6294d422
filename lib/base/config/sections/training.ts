import { DEVICE_NAMES, MOST_SECONDS } from "../../../names.ts";
import { z } from "../../deps/zod.ts";
import { count, seed, wholeNumber } from "./numbers.ts";

/** How long is trained, and on how much at once. */
export const trainingSchema = z.strictObject({
  epochs: count.default(600).describe("Passes over the training slices."),
  maxSteps: count.nullable().default(null).describe(
    "Stop after this many steps in all; null = no limit.",
  ),
  maxTime: z.number().positive().max(MOST_SECONDS).nullable().default(null).describe(
    "Stop after this many seconds of one sitting; null = no limit.",
  ),
  batchSize: count.min(2).multipleOf(2).default(20).describe(
    "Slices a step: half of them augmented, the other half the same slices as they are.",
  ),
  seed: seed.default(0).describe(
    "Seed of the weights, the order of the slices, augmentation, noise and masks.",
  ),
  init: z.string().min(1).nullable().default(null).describe(
    "The folder of a run whose best weights training begins with, wherever names and shapes " +
      "agree; null = all are drawn.",
  ),
  threads: wholeNumber(1, 64).nullable().default(null).describe(
    "Threads of the backend; null = all cores. Changes no result.",
  ),
  device: z.enum(DEVICE_NAMES).default("cpu").describe(
    "What computes: the processor, a graphics card through WebGPU, or (`auto`) a card where there " +
      "is one that is no software. A card rounds otherwise.",
  ),
  convolution: z.enum(["winograd", "direct"]).default("winograd").describe(
    "How 3 x 3 convolutions are computed on the processor: fast by Winograd's algorithm, or as " +
      "the sums themselves.",
  ),
  checkpointEverySteps: count.default(100).describe(
    "Save the state after every so many steps, besides the end of each epoch.",
  ),
  validateEveryEpochs: count.default(1).describe(
    "Score the validation subjects after every so many epochs.",
  ),
  patience: count.nullable().default(null).describe(
    "Stop after this many validations without a better score; null = never.",
  ),
});
