import { assert, assertAlmostEquals, assertThrows } from "../../deps.ts";
import {
  complexGrid,
  inverseTransform,
  transform,
  transformReal,
} from "../../../lib/imaging/fft/transform.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { largestDifference, naiveDft } from "./naive_dft.ts";

function randomReal(size: number, seed: number): Float64Array {
  const rng = RandomStream.fromSeed(seed);
  return Float64Array.from({ length: size }, () => rng.uniform(-1, 1));
}

Deno.test("transform() of a 3-D grid equals the triple sum", () => {
  const shape = [3, 4, 5] as const;
  const grid = complexGrid(shape);
  grid.re.set(randomReal(60, 2));
  grid.im.set(randomReal(60, 3));
  const [re, im] = [grid.re.slice(), grid.im.slice()];
  transform(grid);
  for (const [a, b, c] of [[0, 0, 0], [1, 2, 3], [2, 3, 4], [0, 3, 1]] as const) {
    let wantedRe = 0, wantedIm = 0;
    for (let o = 0; o < 60; o++) {
      const angle = -2 * Math.PI *
        (a * (o % 3) / 3 + b * (Math.floor(o / 3) % 4) / 4 + c * Math.floor(o / 12) / 5);
      wantedRe += re[o]! * Math.cos(angle) - im[o]! * Math.sin(angle);
      wantedIm += re[o]! * Math.sin(angle) + im[o]! * Math.cos(angle);
    }
    const o = a + 3 * (b + 4 * c);
    assertAlmostEquals(grid.re[o]!, wantedRe, 1e-12);
    assertAlmostEquals(grid.im[o]!, wantedIm, 1e-12);
  }
});

Deno.test("transform() along one axis leaves the others alone", () => {
  const grid = complexGrid([7, 2]);
  grid.re.set(randomReal(14, 4));
  const second = grid.re.slice(7);
  transform(grid, [0]);
  const [re, im] = naiveDft(second, new Float64Array(7));
  assert(largestDifference(grid.re.subarray(7), re) < 1e-13);
  assert(largestDifference(grid.im.subarray(7), im) < 1e-13);
});

Deno.test("transform() obeys Parseval, and inverseTransform() brings the grid back", () => {
  for (const shape of [[10, 13, 3], [17, 6, 1], [1, 1, 1], [33, 5]]) {
    const grid = complexGrid(shape);
    grid.re.set(randomReal(grid.re.length, 5));
    grid.im.set(randomReal(grid.re.length, 6));
    const [re, im] = [grid.re.slice(), grid.im.slice()];
    const energy = () => grid.re.reduce((sum, value, o) => sum + value ** 2 + grid.im[o]! ** 2, 0);
    const before = energy();
    transform(grid);
    assertAlmostEquals(energy() / grid.re.length, before, 1e-10);
    inverseTransform(grid);
    assert(Math.max(largestDifference(grid.re, re), largestDifference(grid.im, im)) < 1e-14 * 10);
  }
});

Deno.test("transformReal() equals transform() for odd, even, single and many lines", () => {
  const shapes = [[5, 4, 3], [6, 7], [1, 8, 2], [9], [2, 2, 2], [70, 3, 2], [3, 1, 5]];
  for (const shape of shapes) {
    const data = randomReal(shape.reduce((a, b) => a * b), 7);
    const choices = [shape.map((_, a) => a), shape.map((_, a) => a).reverse(), [0], [
      shape.length - 1,
    ]];
    for (const axes of choices) {
      const wanted = complexGrid(shape);
      wanted.re.set(data);
      transform(wanted, axes);
      const got = transformReal(data, shape, axes);
      const error = Math.max(
        largestDifference(got.re, wanted.re),
        largestDifference(got.im, wanted.im),
      );
      assert(error < 1e-12, `shape ${shape}, axes ${axes}: differs by ${error}`);
    }
  }
});

Deno.test("transform functions refuse a missing axis and a wrong size", () => {
  assertThrows(() => transform(complexGrid([2, 2]), [2]), RangeError, "axis is 2");
  assertThrows(() => transformReal(new Float32Array(5), [2, 2]), TypeError, "5 values");
});
