import type { TensorRecord } from "../../../lib/formats/safetensors/tensor_record.ts";
import { OnnxGraph } from "./onnx_graph.ts";
import { EPSILON, LEAKY } from "./work.ts";

/** The parameters of a dual network in the reference's layout, which is ONNX's. */
type Parameters = ReadonlyMap<string, TensorRecord<Float32Array>>;

const LEVELS = [1, 2, 3, 4];

/**
 * FTN and STN in eval mode as an ONNX file, from `image` to the refined logits: E, H, D_s,
 * softmax(logits / 2), STN. The operators are those of the reference's modules, as an export from
 * PyTorch has them; onnxruntime folds batch normalisations into convolutions itself.
 *
 * @param shape [batch, channels, height, width] of the image.
 */
export function segmentationOnnx(
  parameters: Parameters,
  shape: readonly [number, number, number, number],
): Promise<Uint8Array> {
  const graph = new OnnxGraph();
  const constant = (name: string) => {
    const value = parameters.get(name);
    if (!value) throw new RangeError(`Cannot write the network as ONNX: ${name} is missing`);
    return graph.constant(name, value);
  };
  const convolve = (name: string, x: string, stride = 1) => {
    const [, , size] = parameters.get(`${name}.weight`)?.shape ?? [];
    const inputs = [x, constant(`${name}.weight`), constant(`${name}.bias`)];
    const pads = Array(4).fill((size! - 1) / 2);
    return graph.add("Conv", inputs, { pads, strides: [stride, stride] });
  };
  const normalise = (name: string, x: string) => {
    const parts = ["weight", "bias", "running_mean", "running_var"];
    const inputs = [x, ...parts.map((part) => constant(`${name}.${part}`))];
    return graph.add("BatchNormalization", inputs, { epsilon: { float: EPSILON } });
  };
  const leaky = (x: string) => graph.add("LeakyRelu", [x], { alpha: { float: LEAKY } });
  const relu = (x: string) => graph.add("Relu", [x]);
  const twice = (name: string, x: string) => {
    const inner = leaky(normalise(`${name}.1`, convolve(`${name}.0`, x)));
    return normalise(`${name}.4`, convolve(`${name}.3`, inner));
  };
  const residual = (name: string, x: string) =>
    leaky(graph.add("Add", [twice(`${name}.conv`, x), convolve(`${name}.conv_input`, x)]));
  const encode = (name: string, x: string) => {
    let map = leaky(twice(`${name}.inc`, x));
    for (const level of LEVELS) {
      map = residual(`${name}.down${level}`, convolve(`${name}.down${level}.down`, map, 2));
    }
    return relu(normalise(`${name}.final_conv.1`, convolve(`${name}.final_conv.0`, map)));
  };
  const scales = graph.constant("scales", { data: Float32Array.of(1, 1, 2, 2), shape: [4] });
  const decode = (name: string, code: string) => {
    let map = code;
    for (const level of LEVELS) {
      const doubled = graph.add("Resize", [map, "", scales], {
        mode: "nearest",
        coordinate_transformation_mode: "asymmetric",
        nearest_mode: "floor",
      });
      map = residual(`${name}.up${level}`, doubled);
    }
    return convolve(`${name}.final_conv`, map);
  };

  const code = encode("image_encoder.general_encoder", "image");
  const shapeCode = relu(twice("image_encoder.code_decoupler", code));
  const logits = decode("segmentation_decoder", shapeCode);
  const half = graph.constant("half", { data: Float32Array.of(0.5), shape: [] });
  const probabilities = graph.add("Softmax", [graph.add("Mul", [logits, half])], { axis: 1 });
  const refined = decode("shape_decoder", encode("shape_encoder", probabilities));
  const classes = parameters.get("shape_decoder.final_conv.bias")!.shape[0]!;
  return graph.encode({ name: "image", shape }, {
    name: refined,
    shape: [shape[0], classes, shape[2], shape[3]],
  });
}
