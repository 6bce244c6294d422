/** How sure networks are of their classes, and how often right: of one volume, and of a set. */
import { IGNORED } from "../../base/task/task.ts";
import type { EvaluationGrid, SetCalibration } from "../../formats/run_folder/evaluation.ts";
import { type PreparedGrid, restoreMap } from "../../imaging/data/preparation/restore_grid.ts";
import {
  addToCalibration,
  type Calibration,
  emptyCalibration,
  expectedCalibrationError,
} from "../../imaging/metrics/calibration.ts";
import { takeApart } from "../models/take_apart.ts";

/**
 * The calibration of a network's probabilities of a prepared volume, where its masks are compared: in
 * the file's own voxels they are those that `predict` writes.
 *
 * @param likely `[slices, height, width, classes]`.
 * @param truth True class of each voxel of the grid, or `IGNORED`.
 */
export function caseCalibration(
  likely: Float32Array,
  prepared: PreparedGrid,
  grid: EvaluationGrid,
  truth: Uint8Array,
): Calibration {
  const { slices, height, width, reference } = prepared, pixels = slices * height * width;
  const calibration = emptyCalibration(), classes = likely.length / pixels;
  const maps = Array.from({ length: classes }, () => new Float32Array(pixels));
  takeApart(maps, likely);
  const shape = grid === "native" ? reference.image.volume.shape : [width, height, slices] as const;
  const all = new Float32Array(classes * truth.length);
  maps.forEach((map, c) => {
    // What the network did not see is background.
    const own = grid === "native" ? restoreMap(prepared, map, c === 0 ? 1 : 0).data : map;
    all.set(own, c * truth.length);
  });
  addToCalibration(calibration, all, truth, shape, IGNORED);
  return calibration;
}

/** A calibration of one volume, or of so many. */
interface Counted {
  readonly cases?: number;
  readonly counts: ArrayLike<number>;
  readonly confidence: ArrayLike<number>;
  readonly correct: ArrayLike<number>;
}

/** The calibration over the voxels of all parts, at least one: of volumes, or of sets of them. */
export function calibrationOver(parts: readonly Counted[]): SetCalibration {
  const sum = (key: "counts" | "confidence" | "correct") =>
    Float64Array.from(
      parts[0]![key],
      (_, bin) => parts.reduce((all, own) => all + own[key][bin]!, 0),
    );
  const all = { counts: sum("counts"), confidence: sum("confidence"), correct: sum("correct") };
  return {
    cases: parts.reduce((total, { cases = 1 }) => total + cases, 0),
    ece: expectedCalibrationError(all),
    counts: [...all.counts],
    confidence: [...all.confidence],
    correct: [...all.correct],
  };
}
