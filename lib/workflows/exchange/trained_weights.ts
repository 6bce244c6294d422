import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { CheckpointError } from "../../formats/run_folder/checkpoint_error.ts";
import type { NamedTensors } from "../../formats/safetensors/tensor_record.ts";
import { ofSegmentation } from "../../learning/models/parameter_names.ts";
import type { ParameterSpecs } from "../../learning/nn/parameters.ts";

/** The trained tensors of a checkpoint, in the order of the specs, without the optimiser's; throws CheckpointError. */
export function trainedWeights(
  path: string,
  tensors: NamedTensors,
  networks: ResolvedConfig["method"]["networks"],
  specs: ParameterSpecs,
): NamedTensors {
  const weights: NamedTensors = new Map();
  for (const [name, { shape }] of specs) {
    if (networks === "segmentation" && !ofSegmentation(name)) continue;
    const tensor = tensors.get(name);
    if (tensor?.shape.join() !== shape.join()) {
      throw new CheckpointError(
        `Cannot export ${path}: ${name} is ${tensor ? `[${tensor.shape}]` : "missing"}, wanted ` +
          `[${shape}]`,
      );
    }
    weights.set(name, tensor!);
  }
  return weights;
}
