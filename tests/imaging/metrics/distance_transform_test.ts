import { assertAlmostEquals, assertEquals, assertThrows, fc } from "../../deps.ts";
import { squaredDistanceTransform } from "../../../lib/imaging/metrics/distance_transform.ts";

Deno.test("squaredDistanceTransform() of one voxel is its distance along each axis", () => {
  const seeds = new Uint8Array(12);
  seeds[0] = 1;
  const squares = squaredDistanceTransform(seeds, [2, 2, 3], [1, 3, 10]);
  assertEquals([...squares], [0, 1, 9, 10, 100, 101, 109, 110, 400, 401, 409, 410]);
});

Deno.test("squaredDistanceTransform() without a seed is Infinity, and refuses another shape", () => {
  const squares = squaredDistanceTransform(new Uint8Array(8), [2, 2, 2], [1, 1, 1]);
  assertEquals(squares.every((square) => square === Infinity), true);
  const wrong = () => squaredDistanceTransform(new Uint8Array(7), [2, 2, 2], [1, 1, 1]);
  assertThrows(wrong, TypeError, "got 7 voxels, wanted 2 x 2 x 2");
});

const side = fc.integer({ min: 1, max: 6 });
const step = fc.integer({ min: 1, max: 40 }).map((n) => n / 4);
const volumes = fc.tuple(side, side, side).chain((shape) => {
  const length = shape[0] * shape[1] * shape[2];
  const sparse = fc.array(fc.nat(length - 1), { minLength: 1, maxLength: 8 });
  const wanted = fc.uint8Array({ min: 0, max: 1, minLength: length, maxLength: length });
  return fc.tuple(fc.constant(shape), fc.tuple(step, step, step), sparse, wanted);
});

Deno.test("squaredDistanceTransform() finds the nearest seed that a search of all finds", () => {
  fc.assert(fc.property(volumes, ([shape, spacing, seeds, wanted]) => {
    const [ni, nj, nk] = shape;
    const at = (n: number) => [n % ni, Math.floor(n / ni) % nj, Math.floor(n / (ni * nj))];
    const mask = new Uint8Array(ni * nj * nk);
    for (const n of seeds) mask[n] = 1;
    const squares = squaredDistanceTransform(mask, shape, spacing);
    const some = squaredDistanceTransform(mask, shape, spacing, wanted);
    squares.forEach((square, n) => {
      if (wanted[n] !== 0) assertEquals(some[n], square);
      const here = at(n);
      const all = seeds.map((seed) =>
        at(seed).reduce((sum, x, axis) => sum + (spacing[axis]! * (x - here[axis]!)) ** 2, 0)
      );
      const least = Math.min(...all);
      assertAlmostEquals(square, least, 1e-12 * least);
    });
  }));
});
