import { assert, assertAlmostEquals } from "../../../deps.ts";
import { gibbs } from "../../../../lib/imaging/artifacts/physical/gibbs.ts";
import { scalingAffine } from "../../../../lib/base/volume/affine.ts";

const step = {
  data: Float32Array.from({ length: 256 * 2 }, (_, o) => o % 256 < 128 ? 2 : 1),
  shape: [256, 2, 1] as const,
  affine: scalingAffine([1, 1, 1]),
};

Deno.test("physical/gibbs overshoots an ideal edge by 8.9 percent of its height", () => {
  const { data } = gibbs.apply(step, { keep: [0.25, 1] });
  assertAlmostEquals(Math.max(...data) - 2, 0.0895, 0.006);
});

Deno.test("physical/gibbs rings less where the window is rounded off", () => {
  const { data } = gibbs.apply(step, { keep: [0.25, 1], taper: 1 });
  assert(Math.max(...data) - 2 < 0.01);
});
