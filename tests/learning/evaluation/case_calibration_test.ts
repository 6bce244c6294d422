import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import { prepareCase } from "../../../lib/imaging/data/preparation/prepare_case.ts";
import {
  calibrationOver,
  caseCalibration,
} from "../../../lib/learning/evaluation/case_calibration.ts";
import { tinyHeart } from "../../imaging/data/tiny_heart.ts";

const { label, source } = tinyHeart();
const prepared = await prepareCase(source, { size: square(32), spacing: 1.6 });
const pixels = prepared.slices * 32 * 32;

/** So sure of the true class of each pixel, the rest shared by the others. */
const likely = (top: number, of = (n: number) => prepared.labels![n]!) =>
  Float32Array.from(
    { length: 4 * pixels },
    (_, n) => n % 4 === of(n >> 2) ? top : (1 - top) / 3,
  );

Deno.test("caseCalibration() counts on the network's grid, and in the file's own voxels", () => {
  const network = caseCalibration(likely(0.9), prepared, "network", prepared.labels!);
  const voxels = network.counts.reduce((sum, count) => sum + count);
  // All are right, and as sure as they were made.
  assertEquals(network.counts[13], voxels);
  assertEquals(network.correct[13], voxels);
  assertAlmostEquals(calibrationOver([network]).ece!, 0.1, 1e-6);
  const native = caseCalibration(likely(0.9), prepared, "native", label.data);
  const inBox = native.counts.reduce((sum, count) => sum + count);
  assert(inBox !== voxels && inBox <= label.data.length);
  // Between pixels of two classes it is less sure, and sometimes wrong.
  const right = native.correct.reduce((sum, count) => sum + count);
  assert(right > 0.9 * inBox && right < inBox && native.counts[13]! < inBox);
});

Deno.test("calibrationOver() adds up volumes, and sets of them", () => {
  const sure = caseCalibration(likely(1), prepared, "network", prepared.labels!);
  const wrong = caseCalibration(
    likely(1, (n) => (prepared.labels![n]! + 1) % 4),
    prepared,
    "network",
    prepared.labels!,
  );
  assertEquals(calibrationOver([sure]).ece, 0);
  const both = calibrationOver([sure, wrong]);
  assertEquals([both.cases, both.ece], [2, 0.5]);
  assertEquals(calibrationOver([both, calibrationOver([sure, wrong])]).cases, 4);
  assertEquals(calibrationOver([both, both]).ece, 0.5);
});
