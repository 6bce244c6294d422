import { assertEquals } from "../../deps.ts";
import { decode, decoderSpecs } from "../../../lib/learning/models/decoder.ts";
import { initialValues } from "../../../lib/learning/nn/initialise.ts";
import { Parameters } from "../../../lib/learning/nn/parameters.ts";
import { Pass } from "../../../lib/learning/nn/pass.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { startBackend, tf } from "../../../wasm/mod.ts";
import { randomValues } from "../../wasm/reference.ts";

await startBackend({ threads: 1 });

for (const by of ["nearest", "transposed"] as const) {
  Deno.test(`decode() by ${by} gives raw values at twice the size a level`, () => {
    for (const [levels, width] of [[4, 16], [3, 16], [2, 8], [1, 4]] as const) {
      const specs = new Map(decoderSpecs("d", 5, 2, by, levels));
      const parameters = new Parameters(specs, initialValues(specs, RandomStream.fromSeed(1)));
      tf.tidy(() => {
        const code = tf.tensor4d(randomValues("z", 2 * 1 * 2 * width, 0, 1), [2, 1, 2, width]);
        const map = decode(new Pass(parameters, "d.", "train"), code, by, levels);
        assertEquals(map.shape, [2, 2 ** levels, 2 * 2 ** levels, 5]);
        assertEquals(map.dataSync().some((value) => value < 0), true, "raw values have both signs");
      });
      parameters.dispose();
    }
  });
}

Deno.test("decoderSpecs() has the published number of parameters at base width 16", () => {
  const count = (channels: number, by: "nearest" | "transposed") =>
    decoderSpecs("d", channels, 16, by, 4)
      .filter(([, { kind }]) => kind === "weight")
      .reduce((sum, [, { shape }]) => sum + shape.reduce((a, b) => a * b, 1), 0);
  assertEquals([count(1, "transposed"), count(4, "nearest")], [248_961, 161_732]);
  for (const classes of [2, 3, 7]) assertEquals(count(classes, "nearest"), 161_664 + 17 * classes);
});
