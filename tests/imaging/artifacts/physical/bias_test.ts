import { assert, assertAlmostEquals, assertThrows } from "../../../deps.ts";
import { bias } from "../../../../lib/imaging/artifacts/physical/bias.ts";
import { otsuThreshold } from "../../../../lib/imaging/artifacts/physical/body.ts";
import { smallCase } from "../small_case.ts";

Deno.test("physical/bias has the ratio asked for in the body, the mean gain 1 there, and falls off", () => {
  const { volume } = smallCase([24, 20, 3]);
  const coils = [{ positionMm: [-25, 0, 0] as [number, number, number], weight: 1 }];
  const { data } = bias.apply(volume, { coils, widthMm: 20, ratio: 4 });
  const threshold = otsuThreshold(volume.data);
  let low = Infinity, high = 0, sum = 0, count = 0;
  data.forEach((value, o) => {
    if (volume.data[o]! < threshold) return;
    const gain = value / volume.data[o]!;
    [low, high] = [Math.min(low, gain), Math.max(high, gain)];
    sum += gain;
    count++;
  });
  assertAlmostEquals(high / low, 4, 1e-4);
  assertAlmostEquals(sum / count, 1, 1e-5);
  const gainAt = (i: number) => data[i + 24 * 10]! / volume.data[i + 24 * 10]!;
  assert(gainAt(5) > gainAt(12) && gainAt(12) > gainAt(18));
});

Deno.test("physical/bias refuses coils that see nothing", () => {
  const { volume } = smallCase(), positionMm: [number, number, number] = [-25, 0, 0];
  for (
    const [coil, widthMm] of [[{ positionMm, weight: 0 }, 20], [
      { positionMm, weight: 1 },
      0.1,
    ]] as const
  ) {
    assertThrows(
      () => bias.apply(volume, { coils: [coil], widthMm, ratio: 4 }),
      RangeError,
      "coils see",
    );
  }
});
