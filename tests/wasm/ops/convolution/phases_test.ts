import { assertEquals, assertThrows } from "../../../deps.ts";
import {
  inPlane,
  strided,
  stridedTransposed,
  upsampled,
  upsampledTransposed,
} from "../../../../wasm/ops/convolution/phases.ts";

type Axis = ReturnType<typeof strided>;

/** The [outputs, inputs, taps] that an axis says, as a list of "o i t". */
function products(axis: Axis, outputs: number, inputs: number): string[] {
  const found: string[] = [];
  for (const phase of axis) {
    for (let a = 0;; a++) {
      const o = a * phase.outStride + phase.offset;
      if (o >= outputs) break;
      phase.taps.forEach((taps, r) => {
        const i = a * phase.inStride + phase.start + r;
        if (i >= 0 && i < inputs) { for (const t of taps) found.push(`${o} ${i} ${t}`); }
      });
    }
  }
  return found.sort();
}

const turned = (list: string[]) =>
  list.map((text) => {
    const [o, i, t] = text.split(" ");
    return `${i} ${o} ${t}`;
  }).sort();

for (
  const [size, stride, pad] of [[1, 1, 0], [3, 1, 1], [3, 2, 1], [2, 2, 0], [5, 3, 2], [
    1,
    2,
    0,
  ]] as const
) {
  Deno.test(`strided() size ${size}, stride ${stride}, pad ${pad}, and its transpose`, () => {
    const inputs = 12, outputs = Math.floor((inputs + 2 * pad - size) / stride) + 1;
    const wanted: string[] = [];
    for (let o = 0; o < outputs; o++) {
      for (let t = 0; t < size; t++) {
        const i = stride * o + t - pad;
        if (i >= 0 && i < inputs) wanted.push(`${o} ${i} ${t}`);
      }
    }
    assertEquals(products(strided(size, stride, pad), outputs, inputs), wanted.sort());
    const back = products(stridedTransposed(size, stride, pad), inputs, outputs);
    assertEquals(back, turned(wanted));
  });
}

Deno.test("upsampled() reads the doubled map, and its transpose turns it round", () => {
  const inputs = 5, outputs = 10;
  const wanted: string[] = [];
  for (let o = 0; o < outputs; o++) {
    for (let t = 0; t < 3; t++) {
      const i = o + t - 1;
      if (i >= 0 && i < outputs) wanted.push(`${o} ${i >> 1} ${t}`);
    }
  }
  assertEquals(products(upsampled(3, 1), outputs, inputs), wanted.sort());
  assertEquals(products(upsampledTransposed(3, 1), inputs, outputs), turned(wanted));
});

Deno.test("inPlane() multiplies two axes, each tap with at most four positions", () => {
  const [first, ...rest] = inPlane(upsampled(3, 1), upsampled(3, 1), 3);
  assertEquals([rest.length, first!.rows, first!.columns, first!.top, first!.left], [
    3,
    2,
    2,
    -1,
    -1,
  ]);
  // The upper left output: its first input meets one weight, its last one four.
  assertEquals([...first!.taps.slice(0, 4)], [0, -1, -1, -1]);
  assertEquals([...first!.taps.slice(12)], [4, 5, 7, 8]);
  const wide = [{ inStride: 1, outStride: 1, offset: 0, start: 0, taps: [[0, 1, 2]] }];
  assertThrows(() => inPlane(wide, wide, 3), RangeError, "at most four summands");
});
