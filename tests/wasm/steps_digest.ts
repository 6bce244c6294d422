/** Prints a digest of what some steps of both networks leave: for `fast_flags_test.ts`. */
import { RandomStream } from "../../lib/base/random/random_stream.ts";
import { parseConfig } from "../../lib/base/config/parse_config.ts";
import { CooperativeStepper } from "../../lib/learning/cooperative/cooperative_stepper.ts";
import { startBackend } from "../../wasm/mod.ts";
import { tinyBatch } from "../learning/cooperative/tiny_step.ts";

const backend = await startBackend({ threads: 1 });
const random = RandomStream.fromSeed(5), digests: string[] = [];
// channels in eights, and others
for (const baseWidth of [8, 6]) {
  const stepper = new CooperativeStepper({
    ...parseConfig({ method: { segmentationLoss: "ce+dice" } }),
    model: { baseWidth, classes: 4, inputChannels: 1, levels: 2 },
  }, random.stream("weights"));
  for (let step = 0; step < 2; step++) stepper.step(tinyBatch(32), random.stream("step", step));
  const tensors = [...stepper.tensors()].sort(([a], [b]) => a < b ? -1 : 1);
  for (const [name, { data }] of tensors) {
    const bytes = Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    const digest = await crypto.subtle.digest("SHA-256", bytes);
    digests.push(`${name} ${new Uint8Array(digest).toHex()}`);
  }
  stepper.dispose();
}
await backend.stop();
console.log(digests.join("\n"));
