import { assertEquals, assertThrows } from "../../deps.ts";
import { surfaceDice } from "../../../lib/imaging/metrics/surface_dice.ts";

const listed = (fromPrediction: number[], fromReference: number[]) => ({
  fromPrediction: Float64Array.from(fromPrediction),
  fromReference: Float64Array.from(fromReference),
});

Deno.test("surfaceDice() is the share of surface voxels within the tolerance", () => {
  const distances = listed([0, 1, 2], [0, 3]);
  assertEquals([0, 1, 1.9, 2, 3].map((mm) => surfaceDice(distances, mm)), [0.4, 0.6, 0.6, 0.8, 1]);
  for (const tolerance of [-1, NaN, Infinity]) {
    assertThrows(() => surfaceDice(distances, tolerance), RangeError, `is ${tolerance} mm`);
  }
});

Deno.test("surfaceDice() of empty masks", () => {
  assertEquals(surfaceDice(listed([Infinity], []), 5), 0);
  const none = listed([], []);
  assertEquals(surfaceDice(none, 1), 1);
  assertEquals([surfaceDice(none, 1, "zero"), surfaceDice(none, 1, "exclude")], [0, null]);
});
