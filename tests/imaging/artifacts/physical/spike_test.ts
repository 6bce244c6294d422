import { assert, assertEquals } from "../../../deps.ts";
import { spike } from "../../../../lib/imaging/artifacts/physical/spike.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { smallCase } from "../small_case.ts";

Deno.test("physical/spike touches the slices it hits and no other", () => {
  const { volume } = smallCase();
  const spikes = [{
    slice: 1,
    offset: [4, -3] as [number, number],
    ratio: 0.5,
    phase: 1,
    samples: 3,
  }];
  const { data } = spike.apply(volume, { spikes });
  assertEquals(data.subarray(0, 480), volume.data.subarray(0, 480));
  assertEquals(data.subarray(960), volume.data.subarray(960));
  assert(data.subarray(480, 960).some((value, o) => Math.abs(value - volume.data[480 + o]!) > 0.1));
});

Deno.test("physical/spike always hits a slice and never DC", () => {
  const { volume } = smallCase([5, 4, 3]);
  for (let seed = 0; seed < 50; seed++) {
    const { spikes } = spike.sample({ sliceShare: 0 }, RandomStream.fromSeed(seed), volume);
    assertEquals(new Set(spikes.map(({ slice }) => slice)).size, 1);
    for (const { offset: [i, j], samples = 1 } of spikes) {
      for (let n = 0; n < samples; n++) assert(i + n !== 0 || j !== 0, `sample ${n} of ${i}, ${j}`);
    }
  }
});
