import { assert, assertEquals } from "../../deps.ts";
import { encode, encoderSpecs } from "../../../lib/learning/models/encoder.ts";
import { initialValues } from "../../../lib/learning/nn/initialise.ts";
import { Parameters } from "../../../lib/learning/nn/parameters.ts";
import { Pass } from "../../../lib/learning/nn/pass.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { startBackend, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { randomValues } from "../../wasm/reference.ts";

await startBackend({ threads: 1 });

Deno.test("encode() gives a non-negative code, half the size and up to eight times as wide", () => {
  for (const [levels, width] of [[4, 24], [3, 24], [2, 12], [1, 6]] as const) {
    const specs = new Map(encoderSpecs("e", 2, 3, levels));
    const parameters = new Parameters(specs, initialValues(specs, RandomStream.fromSeed(1)));
    tf.tidy(() => {
      const image = tf.tensor4d(randomValues("x", 2 * 32 * 48 * 2), [2, 32, 48, 2]) as Tensor4D;
      const code = encode(new Pass(parameters, "e.", "train"), image, levels);
      assertEquals(code.shape, [2, 32 / 2 ** levels, 48 / 2 ** levels, width]);
      const values = code.dataSync(), zeros = values.filter((value) => value === 0).length;
      assert(values.every((value) => value >= 0));
      assert(zeros > 0.2 * values.length && zeros < 0.8 * values.length, `${zeros} zeros`);
    });
    parameters.dispose();
  }
});

Deno.test("encoderSpecs() has the published number of parameters at base width 16", () => {
  const count = (channels: number) =>
    encoderSpecs("e", channels, 16, 4)
      .filter(([, { kind }]) => kind === "weight")
      .reduce((sum, [, { shape }]) => sum + shape.reduce((a, b) => a * b, 1), 0);
  assertEquals([count(1), count(4)], [830_208, 830_640]);
});
