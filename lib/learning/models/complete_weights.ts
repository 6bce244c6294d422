import { RandomStream } from "../../base/random/random_stream.ts";
import type { NamedTensors } from "../../formats/safetensors/tensor_record.ts";
import { initialValues } from "../nn/initialise.ts";
import { dualNetworkSpecs } from "./dual_network.ts";

/** Weights of all networks: those that are not there are drawn, and nothing that segments looks at them. */
export function completeWeights(
  tensors: NamedTensors,
  model: Parameters<typeof dualNetworkSpecs>[0],
): NamedTensors {
  const specs = dualNetworkSpecs(model);
  // Drawing takes longer than loading, and most runs have both networks.
  if ([...specs.keys()].every((name) => tensors.has(name))) return tensors;
  return new Map([...initialValues(specs, RandomStream.fromSeed(0)), ...tensors]);
}
