import type { OnnxModel } from "../../formats/onnx/onnx_model.ts";
import type { Network } from "../../names.ts";
import type { ParameterValues } from "../nn/parameters.ts";
import type { SegmenterOptions } from "../models/dual_segmenter.ts";
import { decoderGraph, encoderGraph, filterGraph } from "./graph_blocks.ts";
import { GraphBuilder } from "./graph_builder.ts";

/** What a graph is built for. */
export interface GraphOptions
  extends Pick<SegmenterOptions["method"], "temperature" | "shapePrior"> {
  /** The fast-thinking network alone, or refined once by the slow one. */
  readonly network: Network;
}

/** The part of an ONNX model that follows from the networks. */
export type NetworkGraph = Pick<OnnxModel, "nodes" | "constants" | "input" | "output">;

/**
 * The networks in eval mode as a graph: `image`, [batch, channels, height, width] from 0 to 1, to
 * `logits`, [batch, classes, height, width]. Height and width are multiples of 2 to the number of
 * levels. Parameters are constants of the reference's names; BatchNorms stay operators of their own,
 * which runtimes fold into the convolutions before them. The image decoder is left out.
 *
 * @param parameters Of both networks, in the reference's layout; as many levels as they have.
 * @throws {RangeError} If a parameter is missing.
 */
export function networkGraph(
  parameters: ParameterValues,
  { network, temperature, shapePrior }: GraphOptions,
): NetworkGraph {
  const graph = new GraphBuilder(parameters);
  const code = encoderGraph(graph, "image_encoder.general_encoder", "image");
  const shape = filterGraph(graph, "image_encoder.code_decoupler", code);
  let logits = decoderGraph(graph, "segmentation_decoder", shape);
  let last = "segmentation_decoder";
  if (network === "stn") {
    const seen = shapePrior === "degraded-labels"
      ? oneHot(graph, logits, classesOf(parameters, last))
      : probabilities(graph, logits, temperature);
    last = "shape_decoder";
    logits = decoderGraph(graph, last, encoderGraph(graph, "shape_encoder", seen));
  }
  graph.add("Identity", "logits", [logits]);
  const channels = parameters.get("image_encoder.general_encoder.inc.0.weight")!.shape[1]!;
  return {
    ...graph.parts,
    input: {
      name: "image",
      shape: ["batch", channels, "height", "width"],
      doc: "Prepared slices, intensities from 0 to 1",
    },
    output: {
      name: "logits",
      shape: ["batch", classesOf(parameters, last), "height", "width"],
      doc: "One map a class, background first; softmax over axis 1 gives probabilities",
    },
  };
}

function classesOf(parameters: ParameterValues, decoder: string): number {
  return parameters.get(`${decoder}.final_conv.bias`)!.shape[0]!;
}

/** softmax(logits / temperature), what the slow-thinking network refines. */
function probabilities(graph: GraphBuilder, logits: string, temperature: number): string {
  const divisor = graph.constant("temperature", { data: Float32Array.of(temperature), shape: [] });
  const cooled = graph.add("Div", "cooled_logits", [logits, divisor]);
  return graph.add("Softmax", "probabilities", [cooled], { axis: 1 });
}

/** One for the largest logit of each pixel, the first of equals, zeros for the others. */
function oneHot(graph: GraphBuilder, logits: string, classes: number): string {
  const largest = graph.add("ArgMax", "labels", [logits], { axis: 1, keepdims: 0 });
  const depth = graph.constant("classes", { data: BigInt64Array.of(BigInt(classes)), shape: [] });
  const values = graph.constant("off_and_on", { data: Float32Array.of(0, 1), shape: [2] });
  return graph.add("OneHot", "label_maps", [largest, depth, values], { axis: 1 });
}
