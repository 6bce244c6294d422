/**
 * What a step asks for, by arithmetic. The numbers behind it are those of `tests/bench/RESULTS.md`: a
 * cooperative step of 20 slices of 192 x 192 at base width 16 took 6.7 s on two cores, and its heap was
 * 1.33 GB, at 96 x 96 1.75 s and 0.37 GB; at base width 8, 6 slices of 96 x 96 took 0.2 s.
 */
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { stackedGrid } from "../../base/volume/slice_axis.ts";
import type { Preparation } from "../../imaging/data/preparation/prepare_case.ts";
import { scalingAffine } from "../../base/volume/affine.ts";
import { MAP_BYTES, MAP_WIDTH } from "../../learning/training/step_memory.ts";
import type { InspectedGrid, TrainingEstimate } from "./inspection.ts";

/** Seconds a pixel and core at base width 16, and the power of the width by which they grow. */
const SECONDS_PER_PIXEL = 1.85e-5, WIDTH_POWER = 1.4;

/** How much longer a step takes with the soft Dice loss: 0.56 s and 0.43 s, 8 slices of 112 x 80. */
const WITH_DICE = 1.3;

/** Bytes that are there in any case. */
const BYTES_FIXED = 6e7;

/** An estimate for the settings of a run, where its cases lie on these grids. */
export function estimateTraining(
  { model, training, method: { segmentationLoss } }: Pick<
    ResolvedConfig,
    "model" | "training" | "method"
  >,
  { size, spacing, larger }: Preparation,
  grids: readonly InspectedGrid[],
  channels: number,
  threads: number,
): TrainingEstimate {
  const { batchSize, maxSteps, epochs } = training;
  const pixels = batchSize * size.height * size.width, width = model.baseWidth / MAP_WIDTH;
  let slices = 0, pixelsOfCases = 0;
  for (const grid of grids) {
    const stacked = stackedGrid(
      { shape: grid.shape, affine: scalingAffine([...grid.spacing]) },
      grid.sliceAxis,
    );
    const mm = grid.spacing.filter((_, axis) => axis !== grid.sliceAxis);
    const sides = mm.map((side, axis) => Math.round(stacked.shape[axis]! * side / spacing));
    const seen = size.height * size.width;
    const whole = larger === "crop" ? seen : Math.max(seen, sides[0]! * sides[1]!);
    slices += stacked.shape[2];
    pixelsOfCases += stacked.shape[2] * whole;
  }
  const perEpoch = Math.max(1, Math.floor(slices / batchSize));
  return {
    batchSize,
    steps: Math.min(maxSteps ?? Infinity, epochs * perEpoch),
    threads,
    secondsPerStep: SECONDS_PER_PIXEL * pixels * width ** WIDTH_POWER / threads *
      (segmentationLoss === "ce+dice" ? WITH_DICE : 1),
    bytes: {
      step: BYTES_FIXED + MAP_BYTES.dual * pixels * width,
      // Slices twice, for evaluation and training, as float32 with a byte of label.
      cases: pixelsOfCases * 2 * (4 * channels + 1),
    },
  };
}
