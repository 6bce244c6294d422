import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { deviation } from "./deviation.ts";

const arrays = (y: number[], loss: number) => ({
  y: { shape: [y.length], data: Float32Array.from(y) },
  loss: { shape: [], data: Float32Array.of(loss) },
});

Deno.test("deviation() is the largest difference as a share of its array's largest value", () => {
  assertEquals(deviation(arrays([1, -4], 8), arrays([1, -4], 8)), { share: 0, name: "" });
  const { share, name } = deviation(arrays([1, -3], 9), arrays([1, -4], 8));
  assertAlmostEquals(share, 1 / 4);
  assertEquals(name, "y");
});

Deno.test("deviation() is NaN where a result is, and refuses another shape", () => {
  const reference = arrays([1, 2, 3], 4);
  const { share, name } = deviation(arrays([1, NaN, 3], 5), reference);
  assert(Number.isNaN(share));
  assertEquals(name, "y");
  assertThrows(
    () => deviation(arrays([1, 2], 4), reference),
    TypeError,
    "Cannot compare y: it is [2], wanted [3]",
  );
});
