import { assert, assertEquals } from "../../deps.ts";
import { compareGoldenMetrics, type GoldenMetrics } from "./compare_golden_metrics.ts";

const PATH = new URL("../../../fixtures/metrics/golden.json", import.meta.url);

Deno.test("surface distances and Dice, lesions and calibration are SciPy's on random masks", async () => {
  const golden: GoldenMetrics = JSON.parse(await Deno.readTextFile(PATH));
  const agreement = compareGoldenMetrics(golden);
  assertEquals(Object.keys(agreement), [
    ...["HD95", "ASSD", "surface Dice", "lesions", "F1 by lesion", "ECE"],
  ]);
  for (const [metric, { count, nulls, furthest }] of Object.entries(agreement)) {
    assert(count >= 48 && nulls < count / 2, metric);
    assert(furthest <= 1e-6, `${metric} is up to ${furthest} off`);
  }
});
