import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { dualNetworkSpecs } from "../../../lib/learning/models/dual_network.ts";
import { initialValues } from "../../../lib/learning/nn/initialise.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

const specs = dualNetworkSpecs({ baseWidth: 8, classes: 4, inputChannels: 1 });
const values = initialValues(specs, RandomStream.fromSeed(5));

function moments(name: string) {
  const { data } = values.get(name)!;
  const mean = data.reduce((a, b) => a + b, 0) / data.length;
  const deviation = Math.sqrt(data.reduce((a, b) => a + (b - mean) ** 2, 0) / data.length);
  const largest = data.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  return { mean, deviation, largest, data };
}

Deno.test("initialValues() draws convolutions from N(0, 2 / fan in)", () => {
  for (
    const [name, fanIn] of [
      ["image_encoder.general_encoder.down4.conv.0.weight", 64 * 9],
      ["segmentation_decoder.up1.conv_input.weight", 64],
      ["shape_encoder.down3.down.weight", 32 * 9],
    ] as const
  ) {
    const { mean, deviation, data } = moments(name), wanted = Math.sqrt(2 / fanIn);
    assert(Math.abs(mean) < 4 * wanted / Math.sqrt(data.length), `${name}: mean ${mean}`);
    assertAlmostEquals(deviation / wanted, 1, 5 / Math.sqrt(2 * data.length), name);
    assert(data.some((value) => Math.abs(value) > 2 * wanted), `${name} is not normal`);
  }
});

Deno.test("initialValues() draws biases from U(-1, 1) / sqrt(fan in), last ones 0", () => {
  const { deviation, largest } = moments("image_encoder.general_encoder.down4.conv.0.bias");
  const bound = 1 / Math.sqrt(64 * 9);
  assert(largest <= bound && largest > 0.9 * bound);
  assertAlmostEquals(deviation, bound / Math.sqrt(3), 0.15 * bound);
  for (const decoder of ["segmentation_decoder", "image_decoder", "shape_decoder"]) {
    assert(values.get(`${decoder}.final_conv.bias`)!.data.every((value) => value === 0), decoder);
    assert(values.get(`${decoder}.final_conv.weight`)!.data.every((value) => value !== 0));
  }
  assert(moments("image_encoder.general_encoder.final_conv.0.bias").largest > 0);
});

Deno.test("initialValues() leaves transposed convolutions at PyTorch's default", () => {
  const { deviation, largest } = moments("image_decoder.up1.up.weight");
  const bound = 1 / Math.sqrt(64 * 4);
  assert(largest <= bound && largest > 0.99 * bound);
  assertAlmostEquals(deviation, bound / Math.sqrt(3), 0.02 * bound);
  assert(moments("image_decoder.up1.up.bias").largest <= bound);
});

Deno.test("initialValues() begins batch normalisations near the identity", () => {
  const name = "image_encoder.code_decoupler.1";
  const { mean, deviation } = moments(`${name}.weight`);
  assertAlmostEquals(mean, 1, 0.01);
  assertAlmostEquals(deviation, 0.02, 0.008);
  assert(values.get(`${name}.bias`)!.data.every((value) => value === 0));
  assert(values.get(`${name}.running_mean`)!.data.every((value) => value === 0));
  assert(values.get(`${name}.running_var`)!.data.every((value) => value === 1));
});

Deno.test("initialValues() is the same for a seed, whatever else there is", () => {
  const wider = dualNetworkSpecs({ baseWidth: 8, classes: 7, inputChannels: 1 });
  const others = initialValues(wider, RandomStream.fromSeed(5));
  const name = "shape_decoder.up2.conv.3.weight";
  assertEquals(others.get(name), values.get(name));
  const seeds = initialValues(specs, RandomStream.fromSeed(6));
  assert(seeds.get(name)!.data[0] !== values.get(name)!.data[0]);
});
