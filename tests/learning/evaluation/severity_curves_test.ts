import { assert, assertEquals } from "../../deps.ts";
import { decodePng } from "../../../lib/base/deps/png.ts";
import { severityCurves } from "../../../lib/learning/evaluation/severity_curves.ts";

Deno.test("severityCurves() draws a curve an artifact", () => {
  const dice = (last: number) => ({
    ftn: [1, 1, 1, 1, 1, 1],
    stn: [0.9, 0.8, 0.7, 0.6, 0.5, last],
  });
  const draw = (last: number) =>
    decodePng(severityCurves({ cases: ["A000_ED"], dice: { bias: dice(0.4), spike: dice(last) } }));
  const [a, b] = [draw(0.1), draw(0.3)];
  assertEquals([a.width, a.height], [b.width, b.height]);
  assert(a.data.some((value, n) => value !== b.data[n]));
});
