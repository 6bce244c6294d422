import { assert, assertEquals } from "../../../deps.ts";
import { mistriggering } from "../../../../lib/imaging/artifacts/physical/mistriggering.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { largestDifference } from "../../fft/naive_dft.ts";
import { smallCase } from "../small_case.ts";

Deno.test("physical/mistriggering of all heartbeats is the other frame, of half of each the mean", () => {
  const { volume, context } = smallCase();
  const other = context.otherFrame.data;
  const all = mistriggering.apply(volume, { phaseEncodeAxis: 0, mixes: [[1, 1]] }, context);
  assert(largestDifference(all.data, other) < 1e-6);
  const half = mistriggering.apply(volume, { phaseEncodeAxis: 1, mixes: [[0.5]] }, context);
  assert(
    largestDifference(half.data, volume.data.map((value, o) => (value + other[o]!) / 2)) < 1e-6,
  );
});

Deno.test("physical/mistriggering hits the share of heartbeats asked for, the same and more when larger", () => {
  const draw = (share: number) =>
    mistriggering.sample({ share, heartbeats: 10 }, RandomStream.fromSeed(1), smallCase().volume)
      .mixes;
  const [few, many] = [draw(0.2), draw(0.5)];
  assertEquals(few.map((mix) => mix.filter((m) => m > 0).length), [2, 2, 2]);
  assertEquals(many.map((mix) => mix.filter((m) => m > 0).length), [5, 5, 5]);
  few.forEach((mix, k) => mix.forEach((m, h) => m > 0 && assertEquals(many[k]![h], m)));
});
