import { assert, assertAlmostEquals } from "../../../deps.ts";
import { banding } from "../../../../lib/imaging/artifacts/physical/banding.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { smallCase } from "../small_case.ts";

Deno.test("physical/banding darkens where the field is half a band off", () => {
  const { volume } = smallCase([24, 20, 1]);
  const { data } = banding.apply(volume, {
    coefficientsHz: [0, 125, 0, 0, 0, 0, 0],
    trMs: 4,
    flipDegrees: 50,
    t1Ms: 1000,
    t2Ms: 50,
  });
  const gain = (i: number) => data[i + 240]! / volume.data[i + 240]!;
  assert(gain(0) < 0.2 && gain(23) < 0.2);
  assertAlmostEquals(gain(11), 1, 0.02);
});

Deno.test("physical/banding draws a map whose largest offset is near the one asked for", () => {
  const { coefficientsHz: c } = banding.sample(
    { offsetHz: [200, 200] },
    RandomStream.fromSeed(4),
    smallCase().volume,
  );
  let most = 0;
  for (let x = -1; x <= 1; x += 0.1) {
    for (let y = -1; y <= 1; y += 0.1) {
      most = Math.max(
        most,
        Math.abs(c[1] * x + c[2] * y + c[3] * x * x + c[4] * x * y + c[5] * y * y),
      );
    }
  }
  assert(most > 150 && most < 250, `${most}`);
});
