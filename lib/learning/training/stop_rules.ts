import type { StopReason, TrainingEvents } from "./events.ts";
import type { BestScore } from "./validation.ts";

/** When a run ends before its last epoch; null = not for that reason. */
export interface StopOptions {
  /** Seconds of this sitting. */
  readonly maxTime: number | null;
  /** Validations without a better score. */
  readonly patience: number | null;
  /** Epochs from one validation to the next. */
  readonly validateEveryEpochs: number;
}

/**
 * Ends a run after `maxTime` seconds of this sitting, or after `patience` validations without a better
 * score.
 *
 * @param stop Aborted with the {@linkcode StopReason}.
 */
export function addStopRules(
  events: TrainingEvents,
  { maxTime, patience, validateEveryEpochs }: StopOptions,
  best: BestScore,
  stop: AbortController,
): void {
  const end = (reason: StopReason) => stop.abort(reason);
  if (maxTime !== null) {
    const started = performance.now();
    events.on("step", () => {
      if (performance.now() - started >= maxTime * 1000) end("max-time");
    });
  }
  if (patience !== null) {
    events.on("validation", ({ epoch }) => {
      // Counted from the best epoch, which the checkpoint holds, so that a resumed run stops alike.
      const without = (epoch - (best.current?.epoch ?? epoch)) / validateEveryEpochs;
      if (without >= patience) end("no-progress");
    });
  }
}
