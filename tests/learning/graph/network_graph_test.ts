import { assert, assertEquals, assertThrows } from "../../deps.ts";
import { encodeOnnx } from "../../../lib/formats/onnx/encode_onnx.ts";
import { networkGraph } from "../../../lib/learning/graph/network_graph.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { forward, largestOf } from "../../../lib/learning/models/forward.ts";
import { channelsLast } from "../../../lib/learning/nn/reference_layout.ts";
import { softmax, startBackend, type Tensor4D, tf } from "../../../wasm/mod.ts";
import { randomValues } from "../../wasm/reference.ts";
import { runOnnx } from "./run_onnx.ts";
import { drawnValues } from "./tiny_network.ts";

await startBackend({ threads: 1 });

const OPTIONS = { baseWidth: 2, classes: 3, inputChannels: 2, levels: 4 };
const values = drawnValues(OPTIONS);
const METHOD = { temperature: 2, shapePrior: "predictions" } as const;
const PRODUCER = { producer: { name: "test", version: "0" }, metadata: {} };

/** Of both: softmax and classes, [batch, height, width, classes]. */
async function compare(
  method: Omit<Parameters<typeof networkGraph>[1], "network">,
  network: "ftn" | "stn",
  [batch, height, width]: readonly [number, number, number],
  options = OPTIONS,
) {
  const values = drawnValues(options);
  const image = randomValues("image", batch * 2 * height * width, 0, 1);
  const shape = [batch, 2, height, width] as const;
  const model = await encodeOnnx({ ...networkGraph(values, { ...method, network }), ...PRODUCER });
  const theirs = await runOnnx(model, image, shape);
  assertEquals(theirs.shape, [batch, 3, height, width]);
  const dual = new DualNetwork(options, values);
  const found = tf.tidy(() => {
    const input = tf.tensor4d(channelsLast(image, shape).data, [batch, height, width, 2]);
    const made = forward(dual, input, { ...method, chunk: batch });
    const own = network === "ftn" ? made.ftn : made.passes[0]!;
    const other = tf.tensor4d(channelsLast(theirs.data, theirs.shape).data, own.shape) as Tensor4D;
    return [own, other].map((logits) => softmax(logits).dataSync() as Float32Array);
  });
  dual.dispose();
  return found as [Float32Array, Float32Array];
}

/** What both may differ by: convolutions by Winograd's algorithm round otherwise than sums. */
const LIMIT = 1e-4;

/** Pixels of different classes, but for ties. */
function otherClasses(own: Float32Array, theirs: Float32Array): number {
  const a = largestOf(own, 3), b = largestOf(theirs, 3);
  return a.filter((label, n) => own[3 * n + label]! - own[3 * n + b[n]!]! > LIMIT).length;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);
}

for (const network of ["ftn", "stn"] as const) {
  for (const size of [[1, 16, 16], [3, 32, 48]] as const) {
    Deno.test(`networkGraph() says of ${size} what the ${network} says`, async () => {
      const [own, theirs] = await compare(METHOD, network, size);
      assert(largestDifference(own, theirs) < LIMIT, `${largestDifference(own, theirs)}`);
      assertEquals(otherClasses(own, theirs), 0);
      assert(new Set(largestOf(own, 3)).size > 1, "one class alone shows nothing");
    });
  }
}

Deno.test("networkGraph() gives an STN that learnt from labels the most likely classes", async () => {
  const labels = { ...METHOD, shapePrior: "degraded-labels" } as const;
  const [own, theirs] = await compare(labels, "stn", [2, 32, 16]);
  assert(largestDifference(own, theirs) < LIMIT, `${largestDifference(own, theirs)}`);
  const [soft] = await compare(METHOD, "stn", [2, 32, 16]);
  assert(largestDifference(own, soft) > 1e-3, "as if it were given probabilities");
});

for (const levels of [1, 2, 3]) {
  Deno.test(`networkGraph() has as many levels as the networks: ${levels}`, async () => {
    const size = [1, 2 ** levels, 3 * 2 ** levels] as const;
    const [own, theirs] = await compare(METHOD, "stn", size, { ...OPTIONS, levels });
    assert(largestDifference(own, theirs) < LIMIT, `${largestDifference(own, theirs)}`);
  });
}

Deno.test("networkGraph() divides the logits by the temperature", async () => {
  const [own, theirs] = await compare({ ...METHOD, temperature: 0.5 }, "stn", [1, 16, 16]);
  assert(largestDifference(own, theirs) < LIMIT);
  const [other] = await compare(METHOD, "stn", [1, 16, 16]);
  assert(largestDifference(own, other) > 1e-3);
});

Deno.test("networkGraph() holds the parameters that it needs, by the reference's names", () => {
  const { constants } = networkGraph(values, { ...METHOD, network: "ftn" });
  const parameters = [...constants.keys()].filter((name) => name !== "scales");
  const wanted = [...values.keys()].filter((name) =>
    name.startsWith("image_encoder.") || name.startsWith("segmentation_decoder.")
  );
  assertEquals(parameters.sort(), wanted.sort());
});

Deno.test("networkGraph() names a parameter that is missing", () => {
  const name = "shape_encoder.down2.conv.3.bias";
  const others = new Map([...values].filter(([own]) => own !== name));
  assertThrows(
    () => networkGraph(others, { ...METHOD, network: "stn" }),
    RangeError,
    `${name} is missing`,
  );
});
