import { assert, assertAlmostEquals, assertEquals } from "../../deps.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import {
  generateHardExamples,
  imageCodeGradient,
  shapeCodeGradient,
} from "../../../lib/learning/latent/hard_examples.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { crossEntropy, halfSquaredError, startBackend, tf } from "../../../wasm/mod.ts";
import { stepInputs, TINY } from "../cooperative/tiny_step.ts";

await startBackend({ threads: 1 });

const network = DualNetwork.initialise(TINY, RandomStream.fromSeed(1));
const inputs = stepInputs(16);
const codes = tf.tidy(() => ({ ...network.encodeImage(inputs.image, "isolated") }));
const method = (settings: Record<string, unknown> = {}) => parseConfig({ method: settings }).method;
const random = RandomStream.fromSeed(2);

/** Central differences of a loss that the backend computes in float32. */
function assertSlope(loss: (code: typeof codes.image) => number, which: "image" | "shape") {
  const { gradient } = which === "image"
    ? imageCodeGradient(network, codes.image, inputs.image)
    : shapeCodeGradient(network, codes.shape, inputs.labels);
  assertEquals(gradient.shape, codes[which].shape);
  const slopes = gradient.dataSync(), values = codes[which].dataSync();
  // Along the gradient itself the change is largest.
  const size = Math.hypot(...slopes), step = 1e-3;
  const along = (sign: number) =>
    tf.tidy(() =>
      loss(tf.tensor4d(
        Float32Array.from(values, (value, i) => value + sign * step * slopes[i]! / size),
        codes[which].shape,
      )) as never
    ) as unknown as number;
  assertAlmostEquals((along(1) - along(-1)) / (2 * step) / size, 1, 0.02);
  gradient.dispose();
}

Deno.test("imageCodeGradient() is that of the mean squared error, without the half", () => {
  const loss = (code: typeof codes.image) =>
    2 * halfSquaredError(network.decodeImage(code, "isolated"), inputs.image).dataSync()[0]!;
  assertSlope(loss, "image");
  const found = imageCodeGradient(network, codes.image, inputs.image);
  assertAlmostEquals(found.loss, tf.tidy(() => loss(codes.image) as never), 1e-6);
  found.gradient.dispose();
});

Deno.test("shapeCodeGradient() is that of the cross-entropy", () => {
  const loss = (code: typeof codes.image) =>
    crossEntropy(network.decodeSegmentation(code, "isolated"), inputs.labels).dataSync()[0]!;
  assertSlope(loss, "shape");
  const found = shapeCodeGradient(network, codes.shape, inputs.labels);
  assertAlmostEquals(found.loss, tf.tidy(() => loss(codes.shape) as never), 1e-6);
  found.gradient.dispose();
});

Deno.test("generateHardExamples() moves no weight, no running statistic, and leaks nothing", () => {
  for (const scheme of ["dropout", "spatial", "channel"]) {
    const before = network.parameters.values(), tensors = tf.memory().numTensors;
    const { image, logits } = generateHardExamples(
      network,
      codes,
      inputs,
      method({ imageMask: { scheme }, shapeMask: { scheme } }),
      random,
    );
    assertEquals([image!.shape, logits!.shape], [[2, 16, 16, 1], [2, 16, 16, 3]]);
    assert(image!.dataSync().every((value) => value > 0 && value < 1));
    assertEquals(network.parameters.values(), before);
    tf.dispose([image!, logits!]);
    assertEquals(tf.memory().numTensors, tensors, scheme);
  }
});

Deno.test("generateHardExamples() makes what the masked codes decode to", () => {
  const settings = method({ imageMask: { scheme: "dropout" }, shapeMask: { scheme: "dropout" } });
  tf.tidy(() => {
    const clean = network.decodeImage(codes.image, "isolated").dataSync();
    const { image, logits } = generateHardExamples(network, codes, inputs, settings, random);
    assert(image!.dataSync().some((value, i) => Math.abs(value - clean[i]!) > 1e-3));
    const again = generateHardExamples(network, codes, inputs, settings, random);
    assertEquals(again.image!.dataSync(), image!.dataSync());
    assertEquals(again.logits!.dataSync(), logits!.dataSync());
    const other = generateHardExamples(network, codes, inputs, settings, RandomStream.fromSeed(7));
    assert(other.image!.dataSync().some((value, i) => value !== image!.dataSync()[i]));
  });
});

Deno.test("generateHardExamples() adds the mask's difference to the image where that is wanted", () => {
  const hard = (settings: Record<string, unknown>) =>
    generateHardExamples(network, codes, inputs, method(settings), random).image!.dataSync();
  tf.tidy(() => {
    const image = inputs.image.dataSync(), clean = network.decodeImage(codes.image, "isolated");
    const plain = clean.dataSync(), dropout = { scheme: "dropout" };
    const decoded = hard({ imageMask: dropout });
    const difference = hard({ imageMask: dropout, hardImages: "difference" });
    difference.forEach((value, i) => {
      const wanted = Math.min(1, Math.max(0, image[i]! + decoded[i]! - plain[i]!));
      assertAlmostEquals(value, wanted, 1e-6);
    });
    const none = { scheme: "channel", maxThreshold: 0.01 };
    assertEquals(hard({ imageMask: none, hardImages: "difference" }), image);
  });
});

Deno.test("generateHardExamples() without any masking gives the plain reconstructions", () => {
  // The smallest threshold masks none of 16 channels.
  const none = { scheme: "channel", maxThreshold: 0.01 };
  tf.tidy(() => {
    const { image, logits } = generateHardExamples(
      network,
      codes,
      inputs,
      method({ imageMask: none, shapeMask: none }),
      random,
    );
    assertEquals(image!.dataSync(), network.decodeImage(codes.image, "isolated").dataSync());
    assertEquals(
      logits!.dataSync(),
      network.decodeSegmentation(codes.shape, "isolated").dataSync(),
    );
  });
});

Deno.test("generateHardExamples() masks only the codes in scope, each as it would be alone", () => {
  tf.tidy(() => {
    const both = generateHardExamples(network, codes, inputs, method(), random);
    for (const scope of ["image", "shape"]) {
      const one = generateHardExamples(
        network,
        codes,
        inputs,
        method({ maskScope: [scope] }),
        random,
      );
      assertEquals(Object.keys(one), [scope === "image" ? "image" : "logits"]);
      const [found] = Object.values(one);
      const wanted = scope === "image" ? both.image! : both.logits!;
      assertEquals(found!.dataSync(), wanted.dataSync());
    }
  });
});
