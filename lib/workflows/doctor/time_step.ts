import { RandomStream } from "../../base/random/random_stream.ts";
import { parseConfig } from "../../base/config/parse_config.ts";
import type { Batch } from "../../imaging/data/batches/batch.ts";
import { CooperativeStepper } from "../../learning/cooperative/cooperative_stepper.ts";

const [BATCH, SIDE, CLASSES] = [2, 32, 4];

/** Milliseconds of the better of two small cooperative steps on the backend that runs. */
export function timeStep(): number {
  const config = parseConfig({ model: { baseWidth: 4 } });
  const model = { ...config.model, levels: 2, classes: CLASSES, inputChannels: 1 };
  const random = RandomStream.fromSeed(0), pixels = BATCH * SIDE * SIDE;
  const batch: Batch = {
    images: Float32Array.from({ length: pixels }, () => random.uniform()),
    labels: Uint8Array.from({ length: pixels }, () => random.integer(0, CLASSES - 1)),
    ...{ batch: BATCH, height: SIDE, width: SIDE, channels: 1 },
  };
  const stepper = new CooperativeStepper({ ...config, model } as never, random.stream("weights"));
  try {
    let best = Infinity;
    // The first one compiles.
    for (let step = 0; step < 3; step++) {
      const started = performance.now();
      stepper.step(batch, random.stream("step", step));
      if (step > 0) best = Math.min(best, performance.now() - started);
    }
    return best;
  } finally {
    stepper.dispose();
  }
}
