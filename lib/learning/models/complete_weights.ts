import { RandomStream } from "../../base/random/random_stream.ts";
import type { NamedTensors } from "../../formats/safetensors/tensor_record.ts";
import { initialValues } from "../nn/initialise.ts";
import { dualNetworkSpecs } from "./dual_network.ts";

/** Weights of all networks: those that are not there are drawn, and nothing that segments looks at them. */
export function completeWeights(
  tensors: NamedTensors,
  model: Parameters<typeof dualNetworkSpecs>[0],
): NamedTensors {
  return new Map([...initialValues(dualNetworkSpecs(model), RandomStream.fromSeed(0)), ...tensors]);
}
