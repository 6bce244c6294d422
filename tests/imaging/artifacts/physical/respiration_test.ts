import { assert, assertThrows } from "../../../deps.ts";
import { respiration } from "../../../../lib/imaging/artifacts/physical/respiration.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { largestDifference } from "../../fft/naive_dft.ts";
import { smallCase } from "../small_case.ts";

Deno.test("physical/respiration held at one place is a shift along the phase-encoded axis", () => {
  const { volume } = smallCase([24, 20, 1]);
  const { data } = respiration.apply(volume, {
    phaseEncodeAxis: 1,
    amplitudeMm: 2 * 1.4,
    cycles: 0,
    exponent: 2,
    directionDegrees: 0,
    phases: [0],
    demean: false,
  });
  const shifted = volume.data.map((_, o) =>
    volume.data[o % 24 + 24 * ((Math.floor(o / 24) + 2) % 20)]!
  );
  assert(largestDifference(data, shifted) < 1e-6);
});

Deno.test("physical/respiration refuses phases for another number of slices", () => {
  const { volume } = smallCase([24, 20, 3]);
  const { phases, ...params } = respiration.sample({}, RandomStream.fromSeed(1), volume);
  respiration.apply(volume, { ...params, phases: phases.slice(0, 1) });
  assertThrows(
    () => respiration.apply(volume, { ...params, phases: phases.slice(0, 2) }),
    RangeError,
    "2 slices, wanted 1 or one for each of 3",
  );
});
