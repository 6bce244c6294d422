import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import { disagreementOf, entropyMap } from "../../../lib/learning/prediction/uncertainty.ts";

Deno.test("entropyMap() is 0 where networks are sure, and ln(classes) where they know nothing", () => {
  const third = 1 / 3;
  const maps = [[1, third, 0.5], [0, third, 0.5], [0, third, 0]].map((map) =>
    Float32Array.from(map)
  );
  const found = entropyMap(maps);
  [0, Math.log(3), Math.log(2)].forEach((value, n) => assertAlmostEquals(found[n]!, value, 1e-6));
});

Deno.test("disagreementOf() is 1 less the mean Dice of both masks", () => {
  const task = {
    labels: ["none", "a", "b"].map((name, n) => ({ name, codes: [n] })),
    channels: [{ name: "MRI" }],
  };
  const ftn = Uint8Array.of(0, 1, 1, 2), stn = Uint8Array.of(0, 1, 0, 2);
  assertEquals(disagreementOf(ftn, ftn, task), 0);
  assertAlmostEquals(disagreementOf(ftn, stn, task), 1 - (2 / 3 + 1) / 2);
});
