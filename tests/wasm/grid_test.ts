import { assert, assertAlmostEquals, assertEquals } from "../deps.ts";
import {
  blurAcross,
  blurAlong,
  doubles,
  floats,
  gatherLines,
  reserve,
  sampleRow,
  scatterLines,
  scratch,
  weighRows,
} from "../../wasm/grid.ts";

const ramp = (length: number) => Float32Array.from({ length }, (_, n) => (n * n) % 17);

Deno.test("reserve() gives places that do not overlap, scratch() the same one again", () => {
  const [a, b] = [reserve(20), reserve(8)];
  assert(b >= a + 20 && b % 16 === 0);
  const first = scratch(100);
  assertEquals(scratch(50), first);
  const large = scratch(1 << 20);
  assert(large >= b + 8);
  floats(large, 1 << 18).fill(1);
  assertEquals(floats(large, 1 << 18)[(1 << 18) - 1], 1);
});

Deno.test("gatherLines() and scatterLines() bring lines there and back, in pairs or alone", () => {
  const [n, lines] = [5, 7], data = ramp(n * lines);
  const at = scratch(4 * data.length + 16 * n * lines + 64);
  const re = Math.ceil((at + 4 * data.length) / 8) * 8;
  for (const [lineStep, step] of [[n, 1], [1, lines]] as const) {
    for (const batch of [4, 7]) {
      const second = lines - batch, im = re + 8 * n * batch;
      floats(at, data.length).set(data);
      gatherLines(at, re, im, n, batch, second, lineStep, step);
      assertEquals(doubles(re, n * batch)[2 * batch + 1], data[lineStep + 2 * step]!);
      if (second > 0) {
        assertEquals(doubles(im, n * batch)[batch], data[batch * lineStep + step]!);
      }
      floats(at, data.length).fill(-1);
      scatterLines(at, re, im, n, batch, second, lineStep, step, 0);
      assertEquals([...floats(at, data.length)], [...data]);
    }
  }
});

Deno.test("scatterLines() writes the modulus where asked to, weighRows() adds weighted rows", () => {
  const at = scratch(256), re = at + 64, im = re + 32, weights = im + 32, sums = weights + 16;
  doubles(re, 2).set([3, -1]);
  doubles(im, 2).set([4, 0]);
  scatterLines(at, re, im, 2, 1, 0, 2, 1, 1);
  assertEquals([...floats(at, 2)], [5, 1]);
  doubles(weights, 2).set([2, 10]);
  weighRows(re, weights, sums, 2, 1, 1);
  weighRows(im, weights, sums, 2, 1, 0);
  assertEquals([...doubles(sums, 2)], [6 + 8, -10]);
});

Deno.test("blurAlong() and blurAcross() equal the mirrored sum, whatever the length", () => {
  const mirrored = (x: number, n: number) => {
    const within = ((x % (2 * n)) + 2 * n) % (2 * n);
    return within < n ? within : 2 * n - 1 - within;
  };
  const half = [0.4, 0.2, 0.1];
  for (const n of [4, 5, 9]) {
    const lines = 5, data = ramp(n * lines), bytes = 4 * data.length;
    const at = scratch(2 * bytes + 400), weights = Math.ceil((at + 2 * bytes) / 8) * 8;
    const want = (line: (x: number) => number) => (x: number) =>
      half.reduce(
        (sum, w, t) =>
          sum + (t === 0 ? w * line(x) : w * (line(mirrored(x - t, n)) + line(mirrored(x + t, n)))),
        0,
      );
    const check = (index: (line: number, x: number) => number) => {
      const got = floats(at + bytes, data.length);
      for (let line = 0; line < lines; line++) {
        const value = want((x) => data[index(line, x)]!);
        for (let x = 0; x < n; x++) assertAlmostEquals(got[index(line, x)]!, value(x), 1e-5);
      }
    };
    const prepare = () => {
      floats(at, data.length).set(data);
      doubles(weights, 3).set(half);
    };
    prepare();
    blurAlong(at, at + bytes, data.length, n, weights, 2, weights + 32);
    check((line, x) => line * n + x);
    prepare();
    blurAcross(at, at + bytes, data.length, n, lines, weights, 2, weights + 32);
    check((line, x) => line + x * lines);
  }
});

Deno.test("sampleRow() interpolates inside, holds the edge for half a voxel, and fills beyond", () => {
  const [ni, nj, nk] = [3, 3, 2], data = ramp(18), at = scratch(4 * 18 + 64), target = at + 72;
  floats(at, 18).set(data);
  const read = (i: number, j: number, k: number, toEdge = 0) => {
    sampleRow(at, target, ni, nj, nk, i, j, k, 0, 0, 0, 1, -5, toEdge);
    return floats(target, 1)[0]!;
  };
  const v = (i: number, j: number, k: number) => data[i + 3 * (j + 3 * k)]!;
  assertEquals(read(1, 2, 1), v(1, 2, 1));
  assertAlmostEquals(read(0.5, 1, 0), (v(0, 1, 0) + v(1, 1, 0)) / 2, 1e-6);
  const corners = [0, 1].flatMap((k) => [0, 1].flatMap((j) => [0, 1].map((i) => v(i, j, k))));
  assertAlmostEquals(read(0.5, 0.5, 0.5), corners.reduce((a, b) => a + b) / 8, 1e-6);
  assertEquals([read(-0.4, 2.4, 0), read(2, 2, 1.4)], [v(0, 2, 0), v(2, 2, 1)]);
  assertEquals([read(-0.6, 0, 0), read(0, 2.5, 0)], [-5, -5]);
  assertEquals(read(-7, 1, 9, 1), v(0, 1, 1));
});
