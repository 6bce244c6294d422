/** The blocks of `lib/learning/nn/blocks.ts`, encoder and decoder as operators of a graph. */
import type { GraphBuilder } from "./graph_builder.ts";

/** Slope of the LeakyReLUs below zero. */
const LEAKY = 0.2;

function leaky(graph: GraphBuilder, name: string, x: string): string {
  return graph.add("LeakyRelu", `${name}.leaky`, [x], { alpha: { float: LEAKY } });
}

function relu(graph: GraphBuilder, name: string, x: string): string {
  return graph.add("Relu", `${name}.relu`, [x]);
}

/** Conv3x3, BatchNorm, LeakyReLU, Conv3x3, BatchNorm: the parts `0`, `1`, `3`, `4`. */
function twice(graph: GraphBuilder, name: string, x: string): string {
  const inner = graph.normalise(`${name}.1`, graph.convolve(`${name}.0`, x));
  const outer = graph.convolve(`${name}.3`, leaky(graph, `${name}.1`, inner));
  return graph.normalise(`${name}.4`, outer);
}

/** The same, and a 1 x 1 convolution of the same map beside it. */
function residual(graph: GraphBuilder, name: string, x: string): string {
  const skip = graph.convolve(`${name}.conv_input`, x);
  const sum = graph.add("Add", `${name}.sum`, [twice(graph, `${name}.conv`, x), skip]);
  return leaky(graph, name, sum);
}

/** Two convolutions with a ReLU behind: how the shape code is filtered out of the image code. */
export function filterGraph(graph: GraphBuilder, name: string, x: string): string {
  return relu(graph, name, twice(graph, name, x));
}

/** An image, or class probabilities, to a code: as many levels as there are parameters of. */
export function encoderGraph(graph: GraphBuilder, name: string, x: string): string {
  let map = leaky(graph, `${name}.inc`, twice(graph, `${name}.inc`, x));
  for (let level = 1; graph.has(`${name}.down${level}.down.weight`); level++) {
    const block = `${name}.down${level}`;
    map = residual(graph, block, graph.convolve(`${block}.down`, map, 2));
  }
  const last = `${name}.final_conv`;
  return relu(graph, last, graph.normalise(`${last}.1`, graph.convolve(`${last}.0`, map)));
}

/** A code to logits, doubled by nearest neighbour as often as there are parameters of. */
export function decoderGraph(graph: GraphBuilder, name: string, code: string): string {
  const scales = graph.constant("scales", { data: Float32Array.of(1, 1, 2, 2), shape: [4] });
  let map = code;
  for (let level = 1; graph.has(`${name}.up${level}.conv_input.weight`); level++) {
    const block = `${name}.up${level}`;
    const doubled = graph.add("Resize", `${block}.up`, [map, "", scales], {
      mode: "nearest",
      coordinate_transformation_mode: "asymmetric",
      nearest_mode: "floor",
    });
    map = residual(graph, block, doubled);
  }
  return graph.convolve(`${name}.final_conv`, map);
}
