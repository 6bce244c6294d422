import { assertEquals } from "../../../deps.ts";
import { flip } from "../../../../lib/imaging/data/augmentation/flip.ts";

const SLICE = {
  image: Float32Array.of(1, 2, 3, 4, 5, 6),
  label: Uint8Array.of(0, 1, 2, 3, 0, 1),
  width: 3,
  height: 2,
};

Deno.test("flip mirrors image and label together", () => {
  const sideways = flip.apply(SLICE, { horizontal: true, vertical: false });
  assertEquals([...sideways.image], [3, 2, 1, 6, 5, 4]);
  assertEquals([...sideways.label], [2, 1, 0, 1, 0, 3]);
  const both = flip.apply(SLICE, { horizontal: true, vertical: true });
  assertEquals([...both.image], [6, 5, 4, 3, 2, 1]);
  assertEquals(flip.apply(both, { horizontal: true, vertical: true }), SLICE);
});
