import { assert, assertEquals } from "../../deps.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { completeWeights } from "../../../lib/learning/models/complete_weights.ts";
import { dualNetworkSpecs } from "../../../lib/learning/models/dual_network.ts";
import { initialValues } from "../../../lib/learning/nn/initialise.ts";

const MODEL = { baseWidth: 2, classes: 3, inputChannels: 1, levels: 2 };

Deno.test("completeWeights() draws what is missing, and leaves weights that are whole alone", () => {
  const whole = initialValues(dualNetworkSpecs(MODEL), RandomStream.fromSeed(7));
  assert(completeWeights(whole, MODEL) === whole);
  const part = new Map([...whole].filter(([name]) => !name.startsWith("shape_")));
  const found = completeWeights(part, MODEL);
  assertEquals([...found.keys()].sort(), [...whole.keys()].sort());
  for (const [name, tensor] of part) assert(found.get(name) === tensor, name);
});
