import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { type BatchSource, stepsOf } from "../../learning/training/train.ts";

/**
 * The configuration of a run with the steps along which its learning rate falls: those it names, or
 * all that it has by now. What was settled once stays, so that a run that goes on longer keeps the
 * rates it had; then it is told what becomes of them.
 *
 * @param isNew Whether no step is taken yet.
 * @param onNotice Is told, in a line, where the rate does not end with the run.
 */
export function settleSchedule(
  config: ResolvedConfig,
  batches: Pick<BatchSource, "batchesPerEpoch">,
  isNew: boolean,
  onNotice: (line: string) => void = () => {},
): ResolvedConfig {
  const { optimizer, training: { epochs, maxSteps } } = config;
  if (optimizer.schedule === "constant") return config;
  const steps = stepsOf({ batches, epochs, ...maxSteps === null ? {} : { maxSteps } });
  const { decaySteps } = optimizer;
  if (decaySteps === null) return { ...config, optimizer: { ...optimizer, decaySteps: steps } };
  if (!isNew && decaySteps !== steps) {
    onNotice(
      `the learning rate falls along ${decaySteps} steps, as the run began, of ${steps} in all` +
        (steps > decaySteps ? ": after them it stays at a hundredth" : "") +
        `; --decay-steps ${steps} lets it fall along all of them`,
    );
  }
  return config;
}
