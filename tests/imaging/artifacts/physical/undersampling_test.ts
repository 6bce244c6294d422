import { assert, assertEquals, assertThrows } from "../../../deps.ts";
import { undersampling } from "../../../../lib/imaging/artifacts/physical/undersampling.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { largestDifference } from "../../fft/naive_dft.ts";
import { smallCase } from "../small_case.ts";

Deno.test("physical/undersampling by 2 with DC kept is the mean of two copies", () => {
  const { volume } = smallCase([24, 20, 1]);
  const lines = [...Array(20).keys()].filter((l) => l % 2 === 0);
  const { data } = undersampling.apply(volume, { phaseEncodeAxis: 1, lines });
  const aliased = volume.data.map((value, o) => (value + volume.data[(o + 240) % 480]!) / 2);
  assert(largestDifference(data, aliased) < 1e-6);
});

Deno.test("physical/undersampling keeps its centre, and about the share of lines asked for", () => {
  const geometry = smallCase([200, 4, 1]).volume;
  const options = { acceleration: 4, centreFraction: 0.08, phaseEncodeAxis: 0 as const };
  for (const pattern of ["random", "equispaced"] as const) {
    const { lines } = undersampling.sample(
      { ...options, pattern },
      RandomStream.fromSeed(2),
      geometry,
    );
    for (let l = 92; l < 108; l++) assert(lines.includes(l), `${pattern}: line ${l}`);
    assert(lines.length > 38 && lines.length < 66, `${pattern}: ${lines.length} lines`);
    assertEquals(new Set(lines).size, lines.length);
  }
});

Deno.test("physical/undersampling refuses lines that there are none of", () => {
  const params = { phaseEncodeAxis: 1 as const, lines: [20] };
  assertThrows(() => undersampling.apply(smallCase().volume, params), RangeError, "line is 20");
});

Deno.test("physical/undersampling keeps the share that a fraction asks for", () => {
  const geometry = smallCase([240, 4, 1]).volume;
  const options = { centreFraction: 0, phaseEncodeAxis: 0 as const };
  for (const acceleration of [1, 1.25, 2.4, 3]) {
    const rng = RandomStream.fromSeed(2);
    const { lines } = undersampling.sample({ ...options, acceleration }, rng, geometry);
    const wanted = 240 / acceleration;
    // one line stays at the centre, beside the comb or in it
    assert(Math.abs(lines.length - wanted) <= 1, `${lines.length} lines, wanted ${wanted}`);
  }
});
