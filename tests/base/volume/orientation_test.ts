import { assert, assertEquals, assertThrows, fc } from "../../deps.ts";
import { applyAffine, determinantOf, scalingAffine } from "../../../lib/base/volume/affine.ts";
import {
  canonicalInPlane,
  inverseOrientation,
  orient,
  UNTURNED,
} from "../../../lib/base/volume/orientation.ts";
import type { Affine } from "../../../lib/base/volume/volume.ts";

/** A short-axis plane as scanners give it: i to left and superior, j to posterior and inferior. */
const LPS: Affine = [-1.05, -0.33, 3.2, 112, 0, -0.9, -6.1, 129, 0.5, -0.67, 6.6, -85, 0, 0, 0, 1];
/** The same plane stored a quarter turn on: i to posterior, j to right and inferior. */
const PIR: Affine = [-0.55, 1.05, 6, -151, -1.26, 0, -5.3, 216, -0.57, -1.05, 5.9, 204, 0, 0, 0, 1];

function numbered(shape: readonly [number, number, number], affine: Affine) {
  return {
    data: Int16Array.from({ length: shape[0] * shape[1] * shape[2] }, (_, n) => n),
    shape,
    affine,
  };
}

Deno.test("canonicalInPlane() keeps slices that already run to left and posterior", () => {
  assertEquals(canonicalInPlane(LPS), UNTURNED);
  assertEquals(canonicalInPlane(scalingAffine([-1, -1, 1])), UNTURNED);
});

Deno.test("canonicalInPlane() turns posterior-inferior-right slices a quarter", () => {
  assertEquals(canonicalInPlane(PIR), { transpose: true, flipI: true, flipJ: false });
  // Exactly sagittal: nothing points left, so the lean to superior decides.
  const sagittal = [0, 0, 1, 0, -1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0, 1];
  assertEquals(canonicalInPlane(sagittal), { transpose: true, flipI: true, flipJ: false });
});

Deno.test("orient() gives one canonical form of all eight stored forms, and is undone exactly", () => {
  const truth = numbered([5, 4, 2], LPS);
  fc.assert(fc.property(fc.boolean(), fc.boolean(), fc.boolean(), (transpose, flipI, flipJ) => {
    const stored = orient(truth, { transpose, flipI, flipJ });
    const way = canonicalInPlane(stored.affine);
    const canonical = orient(stored, way);
    assertEquals(canonical.data, truth.data);
    assertEquals(canonical.shape, truth.shape);
    canonical.affine.forEach((value, n) => assert(Math.abs(value - LPS[n]!) < 1e-9));
    const back = orient(canonical, inverseOrientation(way));
    assertEquals(back.data, stored.data);
    assertEquals(back.shape, stored.shape);
  }));
});

Deno.test("orient() leaves each voxel where it was in the patient", () => {
  const volume = numbered([3, 2, 2], PIR);
  const turned = orient(volume, { transpose: true, flipI: true, flipJ: false });
  const place = (v: typeof volume, value: number) => {
    const n = v.data.indexOf(value);
    const [ni, nj] = v.shape;
    return applyAffine(v.affine, [n % ni, Math.floor(n / ni) % nj, Math.floor(n / (ni * nj))]);
  };
  for (let value = 0; value < 12; value++) {
    const [a, b] = [place(volume, value), place(turned as typeof volume, value)];
    assert(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) < 1e-9);
  }
  assert(determinantOf(turned.affine) * determinantOf(volume.affine) > 0);
});

Deno.test("canonicalInPlane() refuses an affine without directions", () => {
  assertThrows(() => canonicalInPlane(scalingAffine([0, 1, 1])), RangeError, "column 0");
});
