import { assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import {
  addToCalibration,
  emptyCalibration,
  expectedCalibrationError,
} from "../../../lib/imaging/metrics/calibration.ts";

Deno.test("addToCalibration() counts the voxels of the foreground's box by their top probability", () => {
  const calibration = emptyCalibration(10);
  // Voxel 1 is in the box, though background; 0 and 4 are outside, 3 nobody labelled.
  const background = [0.1, 0.4, 0.25, 0.5, 0.7, 0.9];
  const probabilities = [...background, ...background.map((value) => 1 - value)];
  addToCalibration(calibration, probabilities, [0, 0, 1, 255, 1, 0], [6, 1, 1], 255);
  assertEquals([...calibration.counts], [0, 0, 0, 0, 0, 0, 1, 1, 0, 0]);
  assertEquals([...calibration.correct], [0, 0, 0, 0, 0, 0, 0, 1, 0, 0]);
  assertAlmostEquals(expectedCalibrationError(calibration)!, (0.7 + 0.25) / 2, 1e-12);
});

Deno.test("expectedCalibrationError() is 0 of what is as sure as right, null of nothing", () => {
  const calibration = emptyCalibration();
  assertEquals(expectedCalibrationError(calibration), null);
  addToCalibration(calibration, [0.5, 0.5], [0], [1, 1, 1]);
  assertEquals(expectedCalibrationError(calibration), null);
  addToCalibration(calibration, [0, 0, 1, 1], [1, 1], [2, 1, 1]);
  assertEquals([expectedCalibrationError(calibration), calibration.counts.at(-1)], [0, 2]);
});

Deno.test("addToCalibration() refuses what are no probabilities", () => {
  const add = (...values: number[]) => addToCalibration(emptyCalibration(), values, [1], [1, 1, 1]);
  assertThrows(() => add(0.5), TypeError, "at least two classes");
  assertThrows(() => add(-1, 3), RangeError, "class 0 of voxel 0 has probability -1");
  assertThrows(() => add(NaN, 1), RangeError, "probability NaN");
  assertThrows(() => emptyCalibration(0), RangeError, "from 1 to 1000");
});
