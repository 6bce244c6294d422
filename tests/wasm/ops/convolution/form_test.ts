import { assertEquals, assertThrows } from "../../../deps.ts";
import { namedForm, stridedForm } from "../../../../wasm/ops/convolution/form.ts";

Deno.test("namedForm() gives the output's shape and how the filter lies", () => {
  const shapes = {
    same: namedForm("same", [2, 5, 7, 3], [3, 3, 3, 4]).outShape,
    down: namedForm("down", [2, 6, 8, 3], [3, 3, 3, 4]).outShape,
    up: namedForm("up", [2, 5, 7, 3], [3, 3, 3, 4]).outShape,
    transposed: namedForm("transposed", [2, 5, 7, 3], [2, 2, 4, 3]).outShape,
  };
  assertEquals(shapes, {
    same: [2, 5, 7, 4],
    down: [2, 3, 4, 4],
    up: [2, 10, 14, 4],
    transposed: [2, 10, 14, 4],
  });
  assertEquals(namedForm("same", [2, 5, 7, 3], [3, 3, 3, 4]).strides, {
    position: 12,
    ci: 4,
    co: 1,
  });
  assertEquals(namedForm("transposed", [2, 5, 7, 3], [2, 2, 4, 3]).strides, {
    position: 12,
    ci: 1,
    co: 3,
  });
});

Deno.test("stridedForm() has a phase back for each residue of the stride", () => {
  const form = stridedForm([1, 9, 9, 2], [3, 3, 2, 5], [2, 2], { top: 0, left: 0 }, [4, 4]);
  assertEquals([form.forward().length, form.backward().length], [1, 4]);
  assertEquals(form.outShape, [1, 4, 4, 5]);
});

Deno.test("namedForm() refuses an odd map to halve", () => {
  assertThrows(
    () => namedForm("down", [1, 6, 7, 1], [3, 3, 1, 1]),
    TypeError,
    "input is [1,6,7,1], filter is [3,3,1,1]",
  );
});
