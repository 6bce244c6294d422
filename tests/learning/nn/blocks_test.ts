import { assert, assertEquals } from "../../deps.ts";
import { codeBlock, doubleBlock, downBlock, upBlock } from "../../../lib/learning/nn/blocks.ts";
import { initialValues } from "../../../lib/learning/nn/initialise.ts";
import { Parameters, type ParameterSpec } from "../../../lib/learning/nn/parameters.ts";
import { Pass } from "../../../lib/learning/nn/pass.ts";
import {
  batchNormSpecs,
  convolutionSpecs,
  doubleSpecs,
  downSpecs,
  upSpecs,
} from "../../../lib/learning/nn/specs.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { startBackend, type Tensor4D, tf } from "../../../wasm/mod.ts";
import {
  assertClose,
  convolution,
  doubled,
  join,
  type Map4,
  randomMap,
  type Shape4,
} from "../../wasm/reference.ts";

await startBackend({ threads: 1 });

const CI = 3, CO = 5;
const X: Shape4 = [2, 4, 6, CI];

/** Runs a block in train mode, and its float64 twin, which sees the weights by name. */
function compare(
  entries: [string, ParameterSpec][],
  block: (pass: Pass, x: Tensor4D) => Tensor4D,
  twin: (at: Twin, x: Map4) => Map4,
): Tensor4D {
  const specs = new Map(entries);
  const parameters = new Parameters(specs, initialValues(specs, RandomStream.fromSeed(1)));
  return tf.tidy(() => {
    const x = randomMap("x", X);
    const out = block(
      new Pass(parameters, "b.", "train"),
      tf.tensor4d(Float32Array.from(x.data), X),
    );
    const expected = twin(twinOf(parameters), x);
    assertEquals(out.shape, expected.shape);
    assertClose(out.dataSync(), expected.data, 2e-5, "out");
    return out;
  });
}

type Twin = ReturnType<typeof twinOf>;
function twinOf(parameters: Parameters) {
  const get = (name: string) => parameters.weights.get(`b.${name}`)!;
  const vector = (name: string) => Float64Array.from(get(name).dataSync());
  const conv = (name: string, form: "same" | "down" | "up" | "transposed", x: Map4) =>
    convolution(
      form,
      x,
      { shape: get(`${name}.weight`).shape as Shape4, data: vector(`${name}.weight`) },
      vector(`${name}.bias`),
    );
  const norm = (name: string, x: Map4, slope: number, skip?: Map4) =>
    join(x, vector(`${name}.weight`), vector(`${name}.bias`), slope, undefined, skip);
  /** Two convolutions with their normalisations. */
  const double = (prefix: string, x: Map4, slope: number, skip?: Map4) => {
    const inner = norm(`${prefix}1`, conv(`${prefix}0`, "same", x), 0.2);
    return norm(`${prefix}4`, conv(`${prefix}3`, "same", inner), slope, skip);
  };
  return { conv, norm, double };
}

Deno.test("doubleBlock() is Conv, BN, LeakyReLU, Conv, BN, activation", () => {
  const entries = doubleSpecs("b", CI, CO);
  compare(entries, (pass, x) => doubleBlock(pass, x), (at, x) => at.double("", x, 0.2));
  compare(entries, (pass, x) => doubleBlock(pass, x, 0), (at, x) => at.double("", x, 0));
});

Deno.test("codeBlock() is a 1 x 1 convolution, BN, ReLU: never negative", () => {
  const out = compare(
    [...convolutionSpecs("b.0", CI, CO, 1), ...batchNormSpecs("b.1", CO)],
    codeBlock,
    (at, x) => at.norm("1", at.conv("0", "same", x), 0),
  );
  assert(out.dataSync().every((value) => value >= 0));
  assert(out.dataSync().some((value) => value === 0));
});

Deno.test("downBlock() halves, and adds a 1 x 1 skip of the halved map", () => {
  compare(downSpecs("b", CI, CO), downBlock, (at, x) => {
    const small = at.conv("down", "down", x);
    return at.double("conv.", small, 0.2, at.conv("conv_input", "same", small));
  });
});

Deno.test("upBlock() doubles by nearest neighbour, and its skip from the doubled map", () => {
  compare(
    upSpecs("b", CI, CO, "nearest"),
    (pass, x) => upBlock(pass, x, "nearest"),
    (at, x) => at.double("conv.", doubled(x), 0.2, at.conv("conv_input", "same", doubled(x))),
  );
});

Deno.test("upBlock() doubles by a transposed convolution", () => {
  compare(
    upSpecs("b", CI, CO, "transposed"),
    (pass, x) => upBlock(pass, x, "transposed"),
    (at, x) => {
      const large = at.conv("up", "transposed", x);
      return at.double("conv.", large, 0.2, at.conv("conv_input", "same", large));
    },
  );
});
