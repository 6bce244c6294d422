import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { fftPlan } from "../../../lib/imaging/fft/fft_plan.ts";
import { radicesOf } from "../../../lib/imaging/fft/stockham.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { largestDifference, naiveDft } from "./naive_dft.ts";

const lengths = [...Array(64).keys().map((n) => n + 1), 97, 192, 202, 216, 224, 251, 256];

Deno.test("FftPlan.run() equals the defining sum at every length 1-64 and those of real data", () => {
  const rng = RandomStream.fromSeed(1);
  for (const n of lengths) {
    const batch = 1 + n % 3;
    const work = fftPlan(n).input(batch);
    for (let i = 0; i < n * batch; i++) {
      work.re[i] = rng.uniform(-1, 1);
      work.im[i] = rng.uniform(-1, 1);
    }
    const column = (a: Float64Array, b: number) =>
      Float64Array.from({ length: n }, (_, x) => a[x * batch + b]!);
    const before = Array.from(
      { length: batch },
      (_, b) => [column(work.re, b), column(work.im, b)],
    );
    const result = fftPlan(n).run(batch);
    for (let b = 0; b < batch; b++) {
      const [re, im] = naiveDft(before[b]![0]!, before[b]![1]!);
      const error = Math.max(
        largestDifference(column(result.re, b), re),
        largestDifference(column(result.im, b), im),
      );
      assert(error < 1e-12 * n, `length ${n}, line ${b}: differs by ${error}`);
    }
  }
});

Deno.test("FftPlan.run() inverse undoes forward, up to the factor n", () => {
  for (const n of [1, 2, 10, 13, 17, 34, 49, 61, 192]) {
    const work = fftPlan(n).input(1);
    for (let x = 0; x < n; x++) [work.re[x], work.im[x]] = [Math.sin(x * x), x % 3];
    fftPlan(n).run(1);
    const back = fftPlan(n).run(1, "inverse");
    for (let x = 0; x < n; x++) {
      assert(Math.abs(back.re[x]! / n - Math.sin(x * x)) < 1e-13, `length ${n}, point ${x}`);
      assert(Math.abs(back.im[x]! / n - x % 3) < 1e-13, `length ${n}, point ${x}`);
    }
  }
});

Deno.test("fftPlan() keeps its plans and refuses lengths that are none", () => {
  assert(fftPlan(24) === fftPlan(24));
  assertThrows(() => fftPlan(0), RangeError, "length is 0");
  assertThrows(() => fftPlan(2.5), RangeError, "length is 2.5");
});

Deno.test("radicesOf() factorises into small radices or says that it cannot", () => {
  assertEquals(radicesOf(216), [4, 2, 3, 3, 3]);
  assertEquals(radicesOf(1), []);
  assertEquals(radicesOf(2 * 17), undefined);
});
