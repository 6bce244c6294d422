import { assert, assertAlmostEquals, assertEquals, assertThrows, fc } from "../../deps.ts";
import {
  applyAffine,
  cornerDistance,
  determinantOf,
  invertAffine,
  multiplyAffines,
  scalingAffine,
} from "../../../lib/base/volume/affine.ts";

const OBLIQUE = [-0.7, 0.8, 3.9, -111, -1.1, 0.1, -3.6, 286, -0.5, -1.2, 2.7, 254, 0, 0, 0, 1];
import { IDENTITY_AFFINE } from "./identity_affine.ts";

Deno.test("invertAffine() times the affine is the identity", () => {
  const number = fc.integer({ min: -50, max: 50 }).map((n) => n / 10);
  fc.assert(fc.property(fc.array(number, { minLength: 12, maxLength: 12 }), (values) => {
    const affine = [...values, 0, 0, 0, 1];
    fc.pre(Math.abs(determinantOf(affine)) > 0.1);
    return multiplyAffines(affine, invertAffine(affine)).every((value, n) =>
      Math.abs(value - IDENTITY_AFFINE[n]!) < 1e-9
    );
  }));
});

Deno.test("multiplyAffines() applies the second factor first", () => {
  const a = scalingAffine([2, 3, 4]);
  const b = scalingAffine([1, 1, 1], [1, 2, 3]);
  assertEquals(applyAffine(multiplyAffines(a, b), [1, 1, 1]), [4, 9, 16]);
  const composed = applyAffine(OBLIQUE, applyAffine(b, [2, 5, 1]));
  applyAffine(multiplyAffines(OBLIQUE, b), [2, 5, 1]).forEach((value, axis) =>
    assertAlmostEquals(value, composed[axis]!, 1e-9)
  );
});

Deno.test("determinantOf() is the signed volume of a voxel", () => {
  assertEquals(determinantOf(scalingAffine([-2, 3, 4])), -24);
  assertThrows(() => invertAffine(scalingAffine([0, 1, 1])), RangeError, "determinant is 0");
});

Deno.test("cornerDistance() is the greatest distance between corner voxels", () => {
  const stretched = scalingAffine([1.1, 1, 1], [0, 0, 2]);
  assertAlmostEquals(
    cornerDistance(IDENTITY_AFFINE, stretched, [11, 4, 4]),
    Math.hypot(1, 2),
    1e-12,
  );
  assert(cornerDistance(OBLIQUE, OBLIQUE, [9, 9, 9]) === 0);
});
