import { assertAlmostEquals, assertEquals, assertThrows } from "../../../deps.ts";
import { imageOf } from "../../../../lib/formats/nifti/nifti_image.ts";
import { prepareImages } from "../../../../lib/imaging/data/preparation/prepare_case.ts";
import {
  restoreLabels,
  restoreMap,
} from "../../../../lib/imaging/data/preparation/restore_grid.ts";

/** 20 x 24 x 2 voxels of 2 x 2 x 5 mm, seen in 16 x 16 pixels of 2 mm. */
const affine = [-2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 5, 0, 0, 0, 0, 1];
const data = new Float32Array(20 * 24 * 2);
const prepared = (spacing: number) =>
  prepareImages(
    { id: "made" },
    [imageOf({ data, shape: [20, 24, 2], affine })],
    { size: { height: 16, width: 16 }, spacing },
  );

Deno.test("restoreMap() puts what is given where the network saw nothing, exactly at the same spacing", () => {
  const map = Float32Array.from({ length: 512 }, (_, n) => n / 512);
  const restored = restoreMap(prepared(2), map, 7);
  assertEquals([restored.shape, restored.affine], [[20, 24, 2], affine]);
  for (let k = 0; k < 2; k++) {
    for (let j = 0; j < 24; j++) {
      for (let i = 0; i < 20; i++) {
        const [x, y] = [i - 1, j - 3], inside = x >= 0 && x < 16 && y >= 0 && y < 16;
        const wanted = inside ? map[x + 16 * (y + 16 * k)]! : 7;
        assertEquals(restored.data[i + 20 * (j + 24 * k)], Math.fround(wanted));
      }
    }
  }
});

Deno.test("restoreMap() interpolates linearly, so that maps that add to 1 still do", () => {
  const first = Float32Array.from({ length: 512 }, (_, n) => (n % 16) / 16);
  const second = first.map((value) => 1 - value);
  const [a, b] = [restoreMap(prepared(3), first, 1), restoreMap(prepared(3), second, 0)];
  a.data.forEach((value, n) => assertAlmostEquals(value + b.data[n]!, 1, 1e-6));
  assertEquals(new Set(a.data).size > 17, true, "between pixels there are values of their own");
});

Deno.test("restoreLabels() refuses another number of pixels", () => {
  assertThrows(
    () => restoreLabels(prepared(2), new Uint8Array(7)),
    TypeError,
    "Cannot restore made: got 7 labels, wanted 2 x 16 x 16",
  );
});
