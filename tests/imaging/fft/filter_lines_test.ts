import { assert, assertThrows } from "../../deps.ts";
import { filterLines } from "../../../lib/imaging/fft/filter_lines.ts";
import { complexGrid, inverseTransform, transform } from "../../../lib/imaging/fft/transform.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { largestDifference } from "./naive_dft.ts";

Deno.test("filterLines() equals weighting the whole complex spectrum, real part and modulus", () => {
  const rng = RandomStream.fromSeed(8);
  for (
    const [shape, axis] of [[[6, 5, 3], 0], [[6, 5, 3], 1], [[67, 1, 4], 2], [[3, 7], 1]] as const
  ) {
    const size = shape.reduce((a: number, b: number) => a * b, 1);
    const n = shape[axis]!, step = shape.slice(0, axis).reduce((a: number, b) => a * b, 1);
    const sources = [0, 1].map(() => ({
      data: Float32Array.from({ length: size }, () => rng.uniform(-1, 1)),
      weights: Float64Array.from({ length: n }, () => rng.uniform(-1, 1)),
    }));
    const sum = complexGrid(shape);
    for (const { data, weights } of sources) {
      const grid = complexGrid(shape);
      grid.re.set(data);
      transform(grid, [axis]);
      for (let o = 0; o < size; o++) {
        const w = weights[Math.floor(o / step) % n]!;
        sum.re[o]! += w * grid.re[o]!;
        sum.im[o]! += w * grid.im[o]!;
      }
    }
    inverseTransform(sum, [axis]);
    assert(largestDifference(filterLines(sources, shape, axis), sum.re) < 1e-6);
    const modulus = sum.re.map((value, o) => Math.hypot(value, sum.im[o]!));
    assert(largestDifference(filterLines(sources, shape, axis, "magnitude"), modulus) < 1e-6);
  }
});

Deno.test("filterLines() refuses sizes that disagree", () => {
  const source = { data: new Float32Array(6), weights: [1, 1] };
  assertThrows(() => filterLines([source], [2, 3], 1), TypeError, "2 weights for axis 1");
  assertThrows(() => filterLines([], [2, 3], 1), TypeError, "no source");
});
