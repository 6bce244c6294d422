/** Small networks in which every number matters: none is 0 or 1 as training begins with. */
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import type { NamedTensors } from "../../../lib/formats/safetensors/tensor_record.ts";
import {
  type DualNetworkOptions,
  dualNetworkSpecs,
} from "../../../lib/learning/models/dual_network.ts";
import { initialValues } from "../../../lib/learning/nn/initialise.ts";

/** Drawn weights, biases and running statistics, as after some training. */
export function drawnValues(options: DualNetworkOptions, seed = 1): NamedTensors {
  const random = RandomStream.fromSeed(seed);
  const values = initialValues(dualNetworkSpecs(options), random);
  for (const [name, { data }] of values) {
    const stream = random.stream("moved", name);
    if (name.endsWith("running_var")) data.forEach((_, i) => data[i] = stream.uniform(0.5, 2));
    else if (name.endsWith("running_mean") || name.endsWith("bias")) {
      data.forEach((_, i) => data[i] = stream.normal(0, 0.2));
    }
  }
  return values;
}
