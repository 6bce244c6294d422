import { assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { volumeError } from "../../../lib/imaging/metrics/volume_error.ts";

Deno.test("volumeError() is predicted minus true volume, in ml and percent", () => {
  // voxels of 1.5 x 2 x 10 mm: 0.03 ml
  const { predicted, reference, error, percent } = volumeError(
    ...[[1, 1, 1, 2], [1, 1, 2, 2], 1, [1.5, 2, 10]] as const,
  );
  assertAlmostEquals(predicted, 0.09, 1e-12);
  assertAlmostEquals(reference, 0.06, 1e-12);
  assertAlmostEquals(error, 0.03, 1e-12);
  assertEquals(percent, 50);
  assertEquals(volumeError([0, 1], [1, 1], 1, [10, 10, 10]).error, -1);
});

Deno.test("volumeError() where a mask is empty", () => {
  const percent = (p: number[], r: number[]) => volumeError(p, r, 1, [1, 1, 1]).percent;
  assertEquals([percent([0], [1]), percent([1], [0]), percent([0], [0])], [-100, Infinity, 0]);
  const none = volumeError([0], [0], 1, [1, 1, 1], "exclude");
  assertEquals([none.error, none.percent], [0, null]);
});

Deno.test("volumeError() refuses other lengths and odd spacings", () => {
  assertThrows(() => volumeError([1], [1, 1], 1, [1, 1, 1]), TypeError, "the volume error");
  assertThrows(() => volumeError([1], [1], 1, [1, 0, 1]), RangeError, "1 x 0 x 1 mm");
});
