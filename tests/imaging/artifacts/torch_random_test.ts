import { assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import { TorchRandom } from "../../../lib/imaging/artifacts/torch_random.ts";

Deno.test("TorchRandom.word() gives MT19937's published first outputs for seed 5489", () => {
  const twister = new TorchRandom(5489);
  assertEquals([twister.word(), twister.word(), twister.word()], [
    3499211612,
    581869302,
    3890346734,
  ]);
  for (let n = 3; n < 9999; n++) twister.word();
  assertEquals(twister.word(), 4123659995);
});

Deno.test("TorchRandom.randn() gives torch.randn's values, few and many", () => {
  const near = (got: Float32Array, want: number[]) =>
    want.forEach((value, n) => assertAlmostEquals(got[n]!, value, 1e-4));
  near(new TorchRandom(0).randn(5), [1.5410, -0.2934, -2.1788, 0.5684, -1.0845]);
  near(new TorchRandom(0).randn(16), [-1.1258, -1.1524, -0.2506, -0.4339, 0.8487, 0.6920, -0.3160]);
});

Deno.test("TorchRandom.randn() of a count that is no multiple of 16 redraws the last block", () => {
  const whole = new TorchRandom(7).randn(32), part = new TorchRandom(7).randn(21);
  assertEquals([...part.subarray(0, 5)], [...whole.subarray(0, 5)]);
  let squares = 0;
  for (const value of part) squares += value * value;
  assertEquals(squares > 5 && squares < 60, true);
});

Deno.test("TorchRandom refuses what is no 32-bit seed", () => {
  assertThrows(() => new TorchRandom(-1), RangeError, "seed is -1");
});
