import { assertAlmostEquals, assertEquals } from "../../../deps.ts";
import { noisyMagnitude } from "../../../../lib/imaging/artifacts/physical/receiver_noise.ts";

const mean = (values: Float32Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

Deno.test("noisyMagnitude() over air has the Rayleigh distribution's moments", () => {
  const air = noisyMagnitude(new Float32Array(40000), 2, 1, 5), level = mean(air);
  assertAlmostEquals(level, 2 * Math.sqrt(Math.PI / 2), 0.03);
  assertAlmostEquals(mean(air.map((value) => (value - level) ** 2)), (2 - Math.PI / 2) * 4, 0.05);
});

Deno.test("noisyMagnitude() has the second moment f^2 + 2 n sigma^2 for n channels", () => {
  for (const channels of [1, 4]) {
    const noisy = noisyMagnitude(new Float32Array(40000).fill(3), 1, channels, 6);
    assertAlmostEquals(mean(noisy.map((value) => value ** 2)), 9 + 2 * channels, 0.15);
  }
});

Deno.test("noisyMagnitude() without noise is the magnitude", () => {
  assertEquals([...noisyMagnitude(Float32Array.of(-1, 2), 0, 1, 1)], [1, 2]);
});
