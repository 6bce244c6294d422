import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { cleanLabels } from "../../../lib/imaging/components/clean_labels.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";

/** Voxels of 2 x 5 x 10 mm: a tenth of a ml each. */
const line = (...classes: number[]) => ({
  data: Uint8Array.from(classes),
  shape: [classes.length, 1, 1] as const,
  affine: scalingAffine([-2, 5, 10]),
});

Deno.test("cleanLabels() keeps the largest piece of the classes that are named, of equals the first", () => {
  const labels = line(1, 0, 1, 1, 2, 0, 2, 3, 3, 0, 3, 3);
  const cleaned = (keepLargest: number[]) => [...cleanLabels(labels, { keepLargest }).data];
  assertEquals(cleaned([1]), [0, 0, 1, 1, 2, 0, 2, 3, 3, 0, 3, 3]);
  assertEquals(cleaned([1, 2, 3]), [0, 0, 1, 1, 2, 0, 0, 3, 3, 0, 0, 0]);
  assertEquals(labels.data[0], 1);
});

Deno.test("cleanLabels() leaves out pieces below a volume in ml", () => {
  const labels = line(1, 0, 1, 1, 2, 0, 3, 3, 3);
  const cleaned = (minVolume: number) => [...cleanLabels(labels, { minVolume }).data];
  assertEquals(cleaned(0.15), [0, 0, 1, 1, 0, 0, 3, 3, 3]);
  assertEquals(cleaned(0.2), [0, 0, 1, 1, 0, 0, 3, 3, 3]);
  assertEquals(cleaned(0.25), [0, 0, 0, 0, 0, 0, 3, 3, 3]);
  assertEquals(cleaned(1), Array(9).fill(0));
});

Deno.test("cleanLabels() joins corners or not, and gives back what it is not to change", () => {
  const corner = { ...line(1, 0, 0, 1), shape: [2, 2, 1] as const };
  const kept = (
    connectivity: 6 | 26,
  ) => [...cleanLabels(corner, { keepLargest: [1], connectivity }).data];
  assertEquals([kept(6), kept(26)], [[1, 0, 0, 0], [1, 0, 0, 1]]);
  assert(cleanLabels(corner, {}) === corner);
  assertThrows(() => cleanLabels(corner, { minVolume: -1 }), RangeError, "minVolume is -1 ml");
});
