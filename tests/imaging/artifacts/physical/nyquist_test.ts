import { assert } from "../../../deps.ts";
import { nyquist } from "../../../../lib/imaging/artifacts/physical/nyquist.ts";
import { smallCase } from "../small_case.ts";

Deno.test("physical/nyquist is the image and a copy half a field of view away, exactly", () => {
  const { volume } = smallCase([24, 20, 2]);
  const { data } = nyquist.apply(volume, { phaseEncodeAxis: 1, phase0: 0.6, phase1: 0.9 });
  for (let o = 0; o < data.length; o++) {
    const i = o % 24, j = Math.floor(o / 24) % 20, k = Math.floor(o / 480);
    const angle = 0.3 + 0.9 * (i - 12) / 48;
    const far = volume.data[i + 24 * ((j + 10) % 20) + 480 * k]!;
    const want = Math.hypot(Math.cos(angle) * volume.data[o]!, Math.sin(angle) * far);
    assert(Math.abs(data[o]! - want) < 1e-6, `voxel ${i} ${j} ${k}`);
  }
});

Deno.test("physical/nyquist keeps the energy of lines of odd length", () => {
  const { volume } = smallCase([15, 13, 1]);
  const energy = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
  const { data } = nyquist.apply(volume, { phaseEncodeAxis: 0, phase0: 1, phase1: 0 });
  assert(Math.abs(energy(data) / energy(volume.data) - 1) < 1e-6);
});
