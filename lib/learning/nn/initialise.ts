/** Initial values: Kaiming normal for convolutions, as the authors' `init_weights('kaiming')`. */
import type { RandomStream } from "../../base/random/random_stream.ts";
import type { TensorRecord } from "../../formats/safetensors/tensor_record.ts";
import type { ParameterSpecs } from "./parameters.ts";

/**
 * Draws all values. Each tensor has a stream of its own, named after it.
 *
 * Convolution weights N(0, 2 / fan_in), their biases U(-1, 1) / sqrt(fan_in), a decoder's last
 * bias 0; batch normalisation weights N(1, 0.02), biases 0. Transposed convolutions keep PyTorch's
 * default, U(-1, 1) / sqrt(fan_in), since the reference's initialisation does not match their class.
 */
export function initialValues(
  specs: ParameterSpecs,
  random: RandomStream,
): Map<string, TensorRecord<Float32Array>> {
  const values = new Map<string, TensorRecord<Float32Array>>();
  for (const [name, { shape }] of specs) {
    const stream = random.stream(name);
    const size = shape.reduce((a, b) => a * b, 1);
    const draw = drawFor(name, specs, stream);
    values.set(name, { shape, data: Float32Array.from({ length: size }, draw) });
  }
  return values;
}

function drawFor(name: string, specs: ParameterSpecs, random: RandomStream): () => number {
  if (name.endsWith("running_mean")) return () => 0;
  if (name.endsWith("running_var")) return () => 1;
  const filter = specs.get(name.replace(/bias$/, "weight"))!.shape;
  if (filter.length !== 4) {
    return name.endsWith("weight") ? () => random.normal(1, 0.02) : () => 0;
  }
  // A transposed filter is [in, out, ..], yet PyTorch counts its second axis, too.
  const fanIn = filter[1]! * filter[2]! * filter[3]!;
  const bound = 1 / Math.sqrt(fanIn);
  const transposed = name.includes(".up.");
  if (name.endsWith("weight") && !transposed) {
    return () => random.normal(0, Math.sqrt(2 / fanIn));
  }
  if (name.endsWith("decoder.final_conv.bias")) return () => 0;
  return () => random.uniform(-bound, bound);
}
