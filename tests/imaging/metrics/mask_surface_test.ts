import { assertEquals } from "../../deps.ts";
import { boxAround, maskSurface } from "../../../lib/imaging/metrics/mask_surface.ts";

const SHAPE = [6, 5, 4] as const;

/** A box of class 1 in 6 x 5 x 4 voxels, from a corner to another, both in it. */
function box(from: readonly number[], to: readonly number[]): Uint8Array {
  const data = new Uint8Array(120);
  for (let k = from[2]!; k <= to[2]!; k++) {
    for (let j = from[1]!; j <= to[1]!; j++) {
      data.fill(1, from[0]! + 6 * (j + 5 * k), to[0]! + 1 + 6 * (j + 5 * k));
    }
  }
  return data;
}

Deno.test("boxAround() holds the class of both volumes and no more", () => {
  const a = box([1, 2, 1], [2, 3, 1]), b = box([4, 0, 1], [4, 0, 2]);
  assertEquals(boxAround([a], 1, SHAPE), { from: [1, 2, 1], shape: [2, 2, 1] });
  assertEquals(boxAround([a, b], 1, SHAPE), { from: [1, 0, 1], shape: [4, 4, 2] });
  assertEquals(boxAround([a, b], 2, SHAPE), null);
});

Deno.test("maskSurface() is the mask without what six neighbours enclose", () => {
  const mask = box([1, 1, 0], [5, 4, 2]);
  const around = boxAround([mask], 1, SHAPE)!;
  assertEquals(around.shape, [5, 4, 3]);
  const surface = maskSurface(mask, 1, SHAPE, around);
  // 60 voxels less the 3 x 2 x 1 inside; the sides at the grid's border are surface too
  assertEquals(surface.reduce((sum, value) => sum + value, 0), 54);
  const inside = [1 + 5 * (1 + 4), 2 + 5 * (1 + 4), 3 + 5 * (2 + 4)];
  assertEquals(inside.map((n) => surface[n]), [0, 0, 0]);
});

Deno.test("maskSurface() reaches around a hole, and into a box wider than the mask", () => {
  const mask = new Uint8Array(125).fill(1);
  mask[62] = 0;
  const whole = { from: [0, 0, 0], shape: [5, 5, 5] } as const;
  const surface = maskSurface(mask, 1, [5, 5, 5], whole);
  assertEquals([61, 63, 57, 67, 37, 87].map((n) => surface[n]), [1, 1, 1, 1, 1, 1]);
  assertEquals([surface[62], surface[56]], [0, 0]);
});
