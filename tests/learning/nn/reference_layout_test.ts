import { assertEquals, fc } from "../../deps.ts";
import {
  channelsLast,
  fromReferenceLayout,
  toReferenceLayout,
} from "../../../lib/learning/nn/reference_layout.ts";

const range = (size: number) => Float32Array.from({ length: size }, (_, i) => i);

Deno.test("fromReferenceLayout() turns [a, b, height, width] into [height, width, b, a]", () => {
  const [a, b, height, width] = [2, 3, 4, 5];
  const { data, shape } = fromReferenceLayout(range(120), [a, b, height, width]);
  assertEquals(shape, [height, width, b, a]);
  // Entry [1, 2, 3, 4] becomes [3, 4, 2, 1].
  assertEquals(data[((3 * width + 4) * b + 2) * a + 1], ((1 * b + 2) * height + 3) * width + 4);
  const vector = range(3);
  const same = fromReferenceLayout(vector, [3]);
  assertEquals(same, { data: vector, shape: [3] });
  assertEquals(same.data === vector, false, "a copy is wanted");
});

Deno.test("toReferenceLayout() is the way back", () => {
  const side = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(fc.tuple(side, side, side, side), (shape) => {
      const data = range(shape.reduce((a, b) => a * b, 1));
      assertEquals(toReferenceLayout(fromReferenceLayout(data, shape).data, shape), data);
    }),
    { numRuns: 30 },
  );
  assertEquals(toReferenceLayout(range(3), [3]), range(3));
});

Deno.test("channelsLast() turns [n, c, h, w] into [n, h, w, c]", () => {
  const { data, shape } = channelsLast(range(2 * 3 * 2 * 2), [2, 3, 2, 2]);
  assertEquals(shape, [2, 2, 2, 3]);
  assertEquals([...data.slice(12)], [12, 16, 20, 13, 17, 21, 14, 18, 22, 15, 19, 23]);
});
