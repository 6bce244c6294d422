import { assert } from "../../../deps.ts";
import { ghosting } from "../../../../lib/imaging/artifacts/physical/ghosting.ts";
import { smallCase } from "../small_case.ts";

Deno.test("physical/ghosting is the image and two shifted copies, exactly", () => {
  const { volume } = smallCase([24, 20, 1]), [a, phase, shift] = [0.4, 0.9, 5];
  const params = { phaseEncodeAxis: 1 as const, amplitude: a, cyclesPerLine: shift / 20, phase };
  const { data } = ghosting.apply(volume, params);
  for (let o = 0; o < data.length; o++) {
    const i = o % 24, j = Math.floor(o / 24);
    const at = (y: number) => volume.data[i + 24 * ((y + 20) % 20)]!;
    const re = at(j) + a / 2 * Math.cos(phase) * (at(j + shift) + at(j - shift));
    const im = a / 2 * Math.sin(phase) * (at(j + shift) - at(j - shift));
    assert(Math.abs(data[o]! - Math.hypot(re, im)) < 1e-6, `voxel ${i} ${j}`);
  }
});
