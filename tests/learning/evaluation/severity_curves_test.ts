import { assert, assertEquals } from "../../deps.ts";
import { severityCurves } from "../../../lib/learning/evaluation/severity_curves.ts";

const dice = (last: number) => ({
  ftn: [1, 1, 1, 1, 1, 1],
  stn: [0.9, 0.8, 0.7, 0.6, 0.5, last],
});

Deno.test("severityCurves() draws a curve an artifact", () => {
  const draw = (last: number) =>
    severityCurves({ cases: ["A000_ED"], dice: { bias: dice(0.4), spike: dice(last) } });
  assertEquals(draw(0.1).match(/<polyline/g)?.length, 2);
  assert(draw(0.1) !== draw(0.3));
  assert(draw(0.1).includes("mean Dice (STN)"));
});

Deno.test("severityCurves() says on which volumes, and that the tables are of other artifacts", () => {
  const svg = severityCurves({ cases: ["A000_ED", "A000_ES"], dice: { spike: dice(0.1) } });
  assert(svg.includes("Mean of 2 volumes: A000_ED, A000_ES"));
  assert(/RandSpike.*TorchIO/s.test(svg));
});
