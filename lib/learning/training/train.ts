import type { RandomStream } from "../../base/random/random_stream.ts";
import type { StopReason, TrainingEvents, TrainingPosition } from "./events.ts";
import type { Batch } from "../../imaging/data/batches/batch.ts";
import type { StepLosses, Stepper } from "./stepper.ts";

/** Batches by their place; the same place always gives the same batch. */
export interface BatchSource {
  /** Steps of an epoch, at least 1. */
  readonly batchesPerEpoch: number;
  /** The batch at an index from 0 of an epoch from 0; a promise where it may have to be waited for. */
  batchAt(epoch: number, index: number): Batch | Promise<Batch>;
}

/** What the loop works with. */
export interface TrainingLoop {
  /** What learns. */
  readonly stepper: Stepper;
  /** What it learns from. */
  readonly batches: BatchSource;
  /** Where all that happens is told. */
  readonly events: TrainingEvents;
  /** Each step draws from its child `("step", number)`, so that a resumed run draws the same. */
  readonly rng: RandomStream;
  /** Where to begin. */
  readonly start: TrainingPosition;
  /** Epochs of the run in all. */
  readonly epochs: number;
  /** Steps of the run in all; none where there is no limit. */
  readonly maxSteps?: number;
  /** Ends the loop after the step under way; its reason is a {@linkcode StopReason}. */
  readonly stop: AbortSignal;
}

/** A loss that is no finite number: the run cannot go on. */
export class TrainingDivergedError extends Error {
  /** Its class by name. */
  override readonly name = "TrainingDivergedError";
}

/**
 * The training loop: steps, epochs, and the events that everything else hangs on.
 *
 * @returns Why it ended, after all listeners to `done` are through.
 * @throws {TrainingDivergedError} If a loss is not finite.
 */
export async function train(loop: TrainingLoop): Promise<StopReason> {
  const done = { ...loop.start };
  try {
    return await takeSteps(loop, done);
  } catch (error) {
    // what a graphics card could not do, it did not do to the weights
    const { stateKept } = (error ?? {}) as { stateKept?: unknown };
    if (stateKept === true) await loop.events.emit({ type: "failed", position: done });
    throw error;
  }
}

/** The loop; `done` is where it stands. */
async function takeSteps(
  loop: TrainingLoop,
  done: { -readonly [key in keyof TrainingPosition]: TrainingPosition[key] },
): Promise<StopReason> {
  const { stepper, batches, events, rng, epochs, stop } = loop;
  const { batchesPerEpoch } = batches;
  const { maxSteps = Infinity } = loop;
  const totalSteps = stepsOf(loop);
  let { step, epoch, index } = loop.start;
  let reason: StopReason = "epochs";

  for (; epoch < epochs; epoch++, index = 0) {
    for (; index < batchesPerEpoch && step < maxSteps && !stop.aborted; index++) {
      const started = performance.now();
      const batch = await batches.batchAt(epoch, index);
      const losses = stepper.step(batch, rng.stream("step", step));
      step++;
      Object.assign(done, { step, epoch, index: index + 1 });
      checkFinite(losses, step);
      const seconds = (performance.now() - started) / 1000;
      const position = { step, epoch, index: index + 1 };
      await events.emit({
        ...{ type: "step", position, epoch: epoch + 1, losses, seconds, totalSteps },
        learningRate: stepper.learningRate?.(),
        heapBytes: stepper.heapBytes?.(),
      });
      await eventLoopTurn();
    }
    if (index < batchesPerEpoch || stop.aborted) {
      reason = stop.aborted ? stop.reason : "max-steps";
      break;
    }
    const position = { step, epoch: epoch + 1, index: 0 };
    await events.emit({ type: "epoch", position, epoch: epoch + 1 });
  }
  await events.emit({ type: "done", position: { step, epoch, index }, reason });
  return reason;
}

/** Steps of a whole run: all epochs, or as many as it is limited to. */
export function stepsOf(
  { batches, epochs, maxSteps = Infinity }: Pick<TrainingLoop, "epochs" | "maxSteps"> & {
    readonly batches: Pick<BatchSource, "batchesPerEpoch">;
  },
): number {
  return Math.min(epochs * batches.batchesPerEpoch, maxSteps);
}

/** Steps are synchronous: without this no signal and no timer would ever be heard. */
function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function checkFinite(losses: StepLosses, step: number): void {
  for (const [name, value] of Object.entries(losses)) {
    if (Number.isFinite(value)) continue;
    throw new TrainingDivergedError(
      `Cannot go on training: ${name} is ${value} at step ${step}; ` +
        "a lower optimizer.learningRate may help",
    );
  }
}
