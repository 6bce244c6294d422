import { assertEquals, assertThrows } from "../../deps.ts";
import { connectedComponents } from "../../../lib/imaging/metrics/connected_components.ts";

Deno.test("connectedComponents() joins voxels that share a corner, in a slice and across slices", () => {
  const flat = connectedComponents([1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1], [3, 4, 1]);
  assertEquals([flat.count, [...flat.numbers]], [2, [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2]]);
  const deep = connectedComponents([1, 0, 0, 0, 0, 0, 0, 1], [2, 2, 2]);
  assertEquals([deep.count, [...deep.numbers]], [1, [1, 0, 0, 0, 0, 0, 0, 1]]);
});

Deno.test("connectedComponents() fills what is large, and does not wrap around at an edge", () => {
  const side = 40, whole = new Uint8Array(side ** 3).fill(1);
  assertEquals(connectedComponents(whole, [side, side, side]).count, 1);
  assertEquals(connectedComponents([0, 0, 1, 1, 0, 0], [3, 2, 1]).count, 2);
  assertEquals(connectedComponents([0, 0], [2, 1, 1]).count, 0);
});

Deno.test("connectedComponents() refuses a mask of another size", () => {
  assertThrows(
    () => connectedComponents([1], [2, 1, 1]),
    TypeError,
    "got 1 voxels, wanted 2 x 1 x 1",
  );
});
