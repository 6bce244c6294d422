import { decodePng } from "../../../lib/base/deps/png.ts";
import { lossCurves } from "../../../lib/base/report/loss_curves.ts";
import { svgPng } from "../../../lib/base/report/svg_png.ts";
import { assert, assertEquals } from "../../deps.ts";

Deno.test("lossCurves() gives a readable picture of short and long runs and of none", async () => {
  const records = (n: number) =>
    Array.from({ length: n }, (_, i) => ({
      step: i + 1,
      epoch: 1,
      hardShapeLoss: 1 / (i + 1),
      totalLoss: 2 / (i + 1),
      seconds: 1,
    }));
  for (const n of [0, 1, 2000]) {
    const { width, height } = decodePng(await svgPng(lossCurves(records(n))));
    assertEquals([width, height], [900, 780]);
  }
  assert(lossCurves(records(2000)).length > lossCurves(records(0)).length);
});
