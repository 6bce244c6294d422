/**
 * What happens in a training run, as typed events. The loop (`train.ts`) says what it does; the
 * log, checkpoints, validation, progress bars and stop rules listen, and the loop knows none of
 * them. Listeners run one after another in the order in which they were added, and the loop waits
 * for them: what an event tells is on disk before the next step begins.
 */
import type { StepLosses } from "./stepper.ts";

/** How far a run is; also the place to go on from. */
export interface TrainingPosition {
  /** Steps done in all. */
  readonly step: number;
  /** Epochs done, with their validation. */
  readonly epoch: number;
  /** Steps done in the epoch after those. */
  readonly index: number;
}

/** Why a run ended. */
export type StopReason = "epochs" | "max-steps" | "max-time" | "no-progress" | "interrupted";

/** One optimisation step is done. */
export interface StepEvent {
  /** Tells it from other events. */
  readonly type: "step";
  /** Where training stands after the step. */
  readonly position: TrainingPosition;
  /** The epoch the step belongs to, from 1. */
  readonly epoch: number;
  /** The loss terms of the step. */
  readonly losses: StepLosses;
  /** Wall time of the step with its batch. */
  readonly seconds: number;
  /** The learning rate of the step, if the stepper tells. */
  readonly learningRate?: number | undefined;
  /** Size of the backend's heap in bytes, if the stepper tells. */
  readonly heapBytes?: number | undefined;
  /** Steps of the whole run. */
  readonly totalSteps: number;
}

/** All steps of an epoch are done. */
export interface EpochEvent {
  /** Tells it from other events. */
  readonly type: "epoch";
  /** Where to go on once the epoch's listeners are through. */
  readonly position: TrainingPosition;
  /** The epoch, from 1. */
  readonly epoch: number;
}

/** Scores on the validation subjects by name (0-1), as `stnMeanIou`. */
export type ValidationScores = Readonly<Record<string, number>>;

/** The validation subjects have been scored. */
export interface ValidationEvent {
  /** Tells it from other events. */
  readonly type: "validation";
  /** Where training stands. */
  readonly position: TrainingPosition;
  /** The epoch, from 1. */
  readonly epoch: number;
  /** Every score by name. */
  readonly scores: ValidationScores;
  /** The score by which the best checkpoint is chosen. */
  readonly score: number;
  /** Whether it is the best so far. */
  readonly best: boolean;
  /** The learning rate of the step before, if the stepper tells. */
  readonly learningRate?: number | undefined;
}

/** A checkpoint is on disk. */
export interface CheckpointEvent {
  /** Tells it from other events. */
  readonly type: "checkpoint";
  /** Where the saved state stands. */
  readonly position: TrainingPosition;
  /** The state to go on from, or that with the best validation score. */
  readonly kind: "last" | "best";
  /** The file. */
  readonly path: string;
}

/** An error ends the loop, but the state is still that of the position: it can be saved. */
export interface FailedEvent {
  /** Tells it from other events. */
  readonly type: "failed";
  /** Where the state stands. */
  readonly position: TrainingPosition;
}

/** The loop has ended. */
export interface DoneEvent {
  /** Tells it from other events. */
  readonly type: "done";
  /** Where training ended. */
  readonly position: TrainingPosition;
  /** Why it ended. */
  readonly reason: StopReason;
}

/** Anything that happens in a run. */
export type TrainingEvent =
  | StepEvent
  | EpochEvent
  | ValidationEvent
  | CheckpointEvent
  | FailedEvent
  | DoneEvent;

/** Is told an event; training waits for a promise that it returns. */
export type TrainingListener<E> = (event: E) => void | Promise<void>;

/**
 * Where events go out and listeners come in.
 *
 * @example
 * ```ts
 * import { TrainingEvents } from "./events.ts";
 *
 * let reason = "";
 * const events = new TrainingEvents().on("done", (event) => void (reason = event.reason));
 * const position = { step: 3, epoch: 1, index: 0 };
 * await events.emit({ type: "done", position, reason: "epochs" });
 * if (reason !== "epochs") throw new Error();
 * ```
 */
export class TrainingEvents {
  readonly #listeners: TrainingListener<TrainingEvent>[] = [];

  /** Adds a listener for one type of event. */
  on<T extends TrainingEvent["type"]>(
    type: T,
    listener: TrainingListener<Extract<TrainingEvent, { type: T }>>,
  ): this {
    return this.onAny((event) => {
      if (event.type === type) return listener(event as Extract<TrainingEvent, { type: T }>);
    });
  }

  /** Adds a listener for every event. */
  onAny(listener: TrainingListener<TrainingEvent>): this {
    this.#listeners.push(listener);
    return this;
  }

  /** Tells all listeners, in order; what one throws ends the run. */
  async emit(event: TrainingEvent): Promise<void> {
    for (const listener of this.#listeners) await listener(event);
  }
}
