import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import type { StopReason, TrainingEvents } from "./events.ts";
import type { BestScore } from "./keep_checkpoints.ts";

/**
 * Ends a run after `training.maxTime` seconds of this sitting, or after `training.patience`
 * validations without a better score.
 *
 * @param stop Aborted with the {@linkcode StopReason}.
 */
export function addStopRules(
  events: TrainingEvents,
  { training }: Pick<ResolvedConfig, "training">,
  best: BestScore,
  stop: AbortController,
): void {
  const { maxTime, patience, validateEveryEpochs } = training;
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
