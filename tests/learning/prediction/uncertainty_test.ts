import { assertAlmostEquals } from "../../deps.ts";
import { entropyMap } from "../../../lib/learning/prediction/uncertainty.ts";

Deno.test("entropyMap() is 0 where networks are sure, and ln(classes) where they know nothing", () => {
  const third = 1 / 3;
  const maps = [[1, third, 0.5], [0, third, 0.5], [0, third, 0]].map((map) =>
    Float32Array.from(map)
  );
  const found = entropyMap(maps);
  [0, Math.log(3), Math.log(2)].forEach((value, n) => assertAlmostEquals(found[n]!, value, 1e-6));
});
