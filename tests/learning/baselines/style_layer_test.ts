import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../deps.ts";
import {
  sampleStyle,
  StyleLayer,
  type StyleParameters,
} from "../../../lib/learning/baselines/style_layer.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { gradients, halfSquaredError, startBackend, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { randomValues } from "../../wasm/reference.ts";

await startBackend({ threads: 1 });

const random = RandomStream.fromSeed(1);
const maps = tf.tensor4d(randomValues("maps", 3 * 4 * 5 * 2, -1, 2), [3, 4, 5, 2]);
const target = tf.tensor4d(randomValues("target", maps.size, -1, 2), [3, 4, 5, 2]);
const quiet = { meanNoise: [0, 0, 0, 0, 0, 0], deviationNoise: [0, 0, 0, 0, 0, 0] };

function apply(parameters: StyleParameters, to = maps): Float32Array {
  const layer = new StyleLayer(parameters);
  const found = layer.apply(to), values = found.dataSync() as Float32Array;
  found.dispose();
  layer.dispose();
  return values;
}

Deno.test("sampleStyle() keeps to its ranges, and no batch partners itself alone", () => {
  const drawn = Array.from({ length: 300 }, (_, n) => sampleStyle(2, 3, random.stream(n)));
  assertEquals(sampleStyle(2, 3, random.stream(7)), drawn[7]);
  assertEquals(JSON.parse(JSON.stringify(drawn[7])), drawn[7]);
  assert(drawn.every(({ partners }) => partners.join() === "1,0"));
  const four = sampleStyle(4, 3, random);
  assertEquals(four.partners.toSorted(), [0, 1, 2, 3]);
  assertEquals([four.mix.length, four.meanNoise.length, four.deviationNoise.length], [4, 12, 12]);
  const mix = drawn.flatMap((one) => one.mix);
  assert(mix.every((share) => share >= 0 && share < 1));
  assertAlmostEquals(mix.reduce((a, b) => a + b) / mix.length, 0.5, 0.05);
  const noise = drawn.flatMap((one) => [...one.meanNoise, ...one.deviationNoise]);
  assertAlmostEquals(noise.reduce((sum, v) => sum + v * v, 0) / noise.length, 1, 0.1);
  assertThrows(() => sampleStyle(1, 3, random), RangeError, "at least 2");
});

Deno.test("StyleLayer without mix and noise leaves maps as they are", () => {
  const values = maps.dataSync();
  const same = apply({ partners: [1, 2, 0], mix: [0, 0, -3], ...quiet });
  same.forEach((value, i) => assertAlmostEquals(value, values[i]!, 1e-5));
});

Deno.test("StyleLayer with a full mix gives each map its partner's mean and deviation", () => {
  const partners = [1, 2, 0];
  const found = apply({ partners, mix: [1, 1, 4], ...quiet }), values = maps.dataSync();
  const style = (of: ArrayLike<number>, b: number, c: number) => {
    const one = Array.from({ length: 20 }, (_, p) => of[(b * 20 + p) * 2 + c]!);
    const mean = one.reduce((a, v) => a + v, 0) / 20;
    return [mean, one.reduce((a, v) => a + (v - mean) ** 2, 0) / 19] as const;
  };
  for (let b = 0; b < 3; b++) {
    for (let c = 0; c < 2; c++) {
      const [mean, variance] = style(found, b, c), wanted = style(values, partners[b]!, c);
      assertAlmostEquals(mean, wanted[0], 1e-5);
      assertAlmostEquals(variance, wanted[1], 1e-4);
    }
  }
});

Deno.test("StyleLayer's noise comes in units of the first maps' spread over the batch", () => {
  const mean = (of: ArrayLike<number>, b: number) => {
    let sum = 0;
    for (let p = 0; p < 20; p++) sum += of[(b * 20 + p) * 2]! / 20;
    return sum;
  };
  const values = maps.dataSync(), means = [0, 1, 2].map((b) => mean(values, b));
  const middle = means.reduce((a, b) => a + b) / 3;
  const spread = Math.sqrt(means.reduce((sum, m) => sum + (m - middle) ** 2, 0) / 2);
  const layer = new StyleLayer({
    partners: [1, 2, 0],
    mix: [0, 0, 0],
    meanNoise: [2, 0, 0, 0, 0, 0],
    deviationNoise: quiet.deviationNoise,
  });
  tf.tidy(() => {
    const first = layer.apply(maps).dataSync();
    assertAlmostEquals(mean(first, 0) - means[0]!, 2 * spread, 1e-5);
    assertAlmostEquals(mean(first, 1), means[1]!, 1e-5);
    const tenfold = layer.apply(tf.mul<Tensor4D>(maps, 10)).dataSync();
    assertAlmostEquals(mean(tenfold, 0) - 10 * means[0]!, 2 * spread, 1e-4);
  });
  layer.dispose();
});

Deno.test("StyleLayer's gradients are slopes, in styles and maps; a clamped mix has none", () => {
  const parameters = { ...sampleStyle(3, 2, random.stream("slopes")), mix: [0.3, 0.8, 1.5] };
  const loss = (changed: StyleParameters) => {
    const values = apply(changed), wanted = target.dataSync();
    return values.reduce((sum, v, i) => sum + 0.5 * (v - wanted[i]!) ** 2 / values.length, 0);
  };
  const before = tf.memory().numTensors, layer = new StyleLayer(parameters);
  const { value, gradients: found } = gradients(
    () => halfSquaredError(layer.apply(maps), target),
    new Map([...layer.tensors, ["maps", maps]]),
  );
  assertAlmostEquals(value, loss(parameters), 1e-5);
  for (const name of ["mix", "meanNoise", "deviationNoise"] as const) {
    const slopes = found.get(name)!.dataSync();
    parameters[name].forEach((_, i) => {
      const at = (step: number) =>
        loss({ ...parameters, [name]: parameters[name].map((v, j) => v + (i === j ? step : 0)) });
      const slope = (at(0.01) - at(-0.01)) / 0.02;
      assertAlmostEquals(slopes[i]!, slope, 1e-3, `${name} ${i}`);
    });
    assert(slopes.some((slope) => Math.abs(slope) > 1e-3), name);
  }
  assertEquals(found.get("mix")!.dataSync()[2], 0);
  assertEquals(found.get("maps")!.shape, maps.shape);
  tf.dispose([...found.values()]);
  layer.dispose();
  assertEquals(tf.memory().numTensors, before);
});
