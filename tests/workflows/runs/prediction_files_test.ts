import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import { quantised } from "../../../lib/workflows/runs/prediction_files.ts";

Deno.test("quantised() gives steps that add to 65535, the rest to the largest", () => {
  const maps = [[1, 1 / 3, 0.2], [0, 1 / 3, 0.3], [0, 1 / 3, 0.5]].map((map) =>
    Float32Array.from(map)
  );
  const steps = quantised(maps).map((map) => [...map].map((value) => Math.round(value * 65535)));
  assertEquals(steps.map(([first]) => first), [65535, 0, 0]);
  for (const n of [0, 1, 2]) {
    assertEquals(steps.reduce((sum, map) => sum + map[n]!, 0), 65535);
    steps.forEach((map, c) => assertAlmostEquals(map[n]! / 65535, maps[c]![n]!, 2e-5));
  }
  // Rounding error in what comes is set right, too.
  const off = quantised([Float32Array.of(1.0000001), Float32Array.of(-1e-8)]);
  assertEquals(off.map(([value]) => value), [1, 0]);
});
