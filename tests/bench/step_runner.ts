import { parseConfig } from "../../lib/base/config/parse_config.ts";
import { square } from "../../lib/base/volume/slice_size.ts";
import { RandomStream } from "../../lib/base/random/random_stream.ts";
import { CooperativeStepper } from "../../lib/learning/cooperative/cooperative_stepper.ts";
import type { Batch } from "../../lib/imaging/data/batches/batch.ts";
import type { StepKind } from "./options.ts";

/** Takes one step after the other on one random batch. */
export interface StepRunner {
  readonly stepper: CooperativeStepper;
  /** A whole step: noise, upload, losses, gradients, hard examples and Adam. */
  step(): void;
}

/**
 * The step that is measured: base width 16, four classes; the image code masked by position, the
 * shape code by channel, both targeted, soft and with a random threshold. A backend must run.
 */
export function stepRunner(kind: StepKind, batch: number, size: number): StepRunner {
  const stepper = new CooperativeStepper(
    {
      ...parseConfig({
        method: {
          latentAugmentation: kind === "cooperative",
          imageMask: { scheme: "spatial" },
          shapeMask: { scheme: "channel" },
        },
      }),
      model: { baseWidth: 16, classes: 4, inputChannels: 1 },
    },
    RandomStream.fromSeed(0),
  );
  const slices = randomBatch(batch, size), random = RandomStream.fromSeed(1);
  let number = 0;
  return { stepper, step: () => void stepper.step(slices, random.stream("step", number++)) };
}

/** Random images, and labels that follow them. */
export function randomBatch(batch: number, size: number): Batch {
  const random = RandomStream.fromSeed(2);
  const images = Float32Array.from({ length: batch * size * size }, () => random.uniform());
  const labels = Uint8Array.from(images, (v) => Math.min(3, v * 4));
  return { images, labels, ...square(size), channels: 1, batch };
}
