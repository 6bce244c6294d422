import { applyAffine, scalingAffine } from "../../../lib/base/volume/affine.ts";
import {
  directionOf,
  sliceAxisOf,
  stackAlong,
  stackedGrid,
  unstackFrom,
} from "../../../lib/base/volume/slice_axis.ts";
import { assert, assertEquals, assertThrows } from "../../deps.ts";

const volume = {
  data: Float32Array.from({ length: 24 }, (_, n) => n),
  shape: [2, 3, 4],
  affine: scalingAffine([5, 1, 2]),
} as const;

Deno.test("sliceAxisOf() takes the coarsest axis, and the third where none is", () => {
  assertEquals(sliceAxisOf(scalingAffine([5, 1, 1])), 0);
  assertEquals(sliceAxisOf(scalingAffine([1, 5, 1])), 1);
  assertEquals(sliceAxisOf(scalingAffine([1, 1, 1.005])), 2);
  assertEquals(sliceAxisOf(scalingAffine([3, 3, 1])), 2);
  assertEquals(sliceAxisOf(scalingAffine([5, 1, 1]), 1), 1);
});

Deno.test("sliceAxisOf() keeps a run's direction where no spacing is the largest", () => {
  assertEquals(sliceAxisOf(scalingAffine([1, 1, 1]), "auto", "R"), 0);
  // Stored along other axes: k runs to the left.
  const turned = [0, 0, -1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1];
  assertEquals(sliceAxisOf(turned, "auto", "R"), 2);
  assertEquals(sliceAxisOf(scalingAffine([1, 1, 8]), "auto", "R"), 2);
});

Deno.test("directionOf() gives three axes three directions, however oblique", () => {
  const cos = Math.cos(Math.PI / 4);
  const oblique = [cos, -cos, 0, 0, cos, cos, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
  assertEquals(([0, 1, 2] as const).map((axis) => directionOf(oblique, axis)), ["R", "A", "S"]);
  assertThrows(() => directionOf(new Array(16).fill(0), 0), RangeError, "spacings are 0, 0, 0 mm");
});

Deno.test("stackAlong() leaves every voxel in its place, and unstackFrom() undoes it", () => {
  for (const axis of [0, 1, 2] as const) {
    const stacked = stackAlong(volume, axis);
    assertEquals(stacked.shape[2], volume.shape[axis]);
    assertEquals(stackedGrid(volume, axis), { shape: stacked.shape, affine: stacked.affine });
    assertEquals(unstackFrom(stacked, axis), { ...volume, shape: [2, 3, 4] });
    const [ni, nj] = stacked.shape;
    stacked.data.forEach((value, n) => {
      const index = [n % ni, Math.floor(n / ni) % nj, Math.floor(n / ni / nj)] as const;
      const old = [value % 2, Math.floor(value / 2) % 3, Math.floor(value / 6)] as const;
      const [here, there] = [applyAffine(stacked.affine, index), applyAffine(volume.affine, old)];
      assert(here.every((mm, d) => Math.abs(mm - there[d]!) < 1e-9));
    });
  }
});
