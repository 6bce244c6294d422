import { assert, assertEquals, assertThrows } from "../../../deps.ts";
import { motion } from "../../../../lib/imaging/artifacts/physical/motion.ts";
import {
  cubicAt,
  rotatedSlice,
} from "../../../../lib/imaging/artifacts/physical/plane_resampling.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { largestDifference } from "../../fft/naive_dft.ts";
import { smallCase } from "../small_case.ts";

Deno.test("physical/motion of whole voxels, the same for all lines, is a circular roll", () => {
  for (const shape of [[24, 20, 2], [15, 13, 1]] as const) {
    const { volume } = smallCase(shape);
    const trajectories = [[[1.5 * 3, 1.4 * -2, 0], [1.5 * 3, 1.4 * -2, 0]]] as [
      number,
      number,
      number,
    ][][];
    const moved = motion.apply(volume, { phaseEncodeAxis: 1, demean: false, trajectories });
    const rolled = volume.data.map((_, o) => {
      const i = o % shape[0],
        j = Math.floor(o / shape[0]) % shape[1],
        k = Math.floor(o / shape[0] / shape[1]);
      const from = (i + shape[0] - 3) % shape[0] + shape[0] * ((j + 2) % shape[1] + shape[1] * k);
      return volume.data[from]!;
    });
    assert(largestDifference(moved.data, rolled) < 1e-6);
  }
});

Deno.test("physical/motion with de-meaning undoes what is common to all lines", () => {
  const { volume } = smallCase();
  const trajectories = [[[4, 3, 2], [4, 3, 2], [4, 3, 2]]] as [number, number, number][][];
  const still = motion.apply(volume, { phaseEncodeAxis: 0, trajectories });
  assert(largestDifference(still.data, volume.data) < 1e-6);
});

Deno.test("physical/motion with one angle for all lines is the turned slice", () => {
  const { volume } = smallCase([24, 20, 1]);
  const trajectories = [[[0, 0, 10]]] as [number, number, number][][];
  const { data } = motion.apply(volume, { phaseEncodeAxis: 0, demean: false, trajectories });
  const turned = rotatedSlice(volume.data, [24, 20], 10, 1.4 / 1.5);
  assert(largestDifference(data, turned.map(Math.abs)) < 1e-6);
  assert(largestDifference(turned, volume.data) > 0.1);
});

Deno.test("rotatedSlice() by 90 degrees takes axis i to axis j", () => {
  const slice = new Float32Array(25);
  slice[2 + 1 + 5 * 2] = 1;
  const turned = rotatedSlice(slice, [5, 5], 90, 1);
  assert(Math.abs(turned[2 + 5 * 3]! - 1) < 1e-6);
});

Deno.test("physical/motion draws paths of the standard deviation asked for, its own a slice", () => {
  const { volume } = smallCase();
  const options = { sdMm: 3, sdDegrees: 0.5, heartbeats: 6 };
  const { trajectories } = motion.sample(options, RandomStream.fromSeed(1), volume);
  assertEquals(trajectories.length, 3);
  for (const path of trajectories) {
    [3, 3, 0.5].forEach((sd, c) => {
      const mean = path.reduce((sum, pose) => sum + pose[c]!, 0) / 6;
      const spread = Math.sqrt(path.reduce((sum, pose) => sum + (pose[c]! - mean) ** 2, 0) / 6);
      assert(Math.abs(spread - sd) < 1e-9);
    });
  }
  assert(trajectories[0]![0]![0] !== trajectories[1]![0]![0]);
});

Deno.test("physical/motion refuses trajectories for another number of slices", () => {
  const path = [[0, 0, 0], [1, 0, 0]] as [number, number, number][];
  const params = { phaseEncodeAxis: 0 as const, trajectories: [path, path] };
  assertThrows(
    () => motion.apply(smallCase().volume, params),
    RangeError,
    "2 trajectories, wanted 1",
  );
});

Deno.test("cubicAt() goes through the voxels and follows a parabola between them", () => {
  const slice = Float32Array.from({ length: 48 }, (_, o) => (o % 8) ** 2 + 3 * Math.floor(o / 8));
  for (const [i, j] of [[3, 2], [3.25, 2.5], [4.7, 3.1]] as const) {
    assert(Math.abs(cubicAt(slice, 8, 6, i, j) - (i * i + 3 * j)) < 1e-6, `${i} ${j}`);
  }
  assertEquals(cubicAt(slice, 8, 6, -3, 9), 15);
});
