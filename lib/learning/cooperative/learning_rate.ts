/** How the learning rate goes on. */
export interface RateOptions {
  readonly learningRate: number;
  /** It stays, or falls along half a cosine. */
  readonly schedule: "constant" | "cosine";
  /** Steps until a `cosine` schedule is at its end. */
  readonly decaySteps: number;
}

/**
 * The learning rate of step number `step` (from 1).
 *
 * `constant`: `learningRate` throughout, as in the published method. `cosine`: from `learningRate`
 * along half a cosine to 0 at `decaySteps` (Loshchilov and Hutter 2017, without restarts), then a
 * hundredth of it; a short run ends on calm weights that way.
 */
export function learningRateAt(options: RateOptions, step: number): number {
  const { learningRate, schedule, decaySteps } = options;
  if (schedule === "constant") return learningRate;
  const progress = Math.min(1, (step - 1) / decaySteps);
  return learningRate * Math.max(0.01, 0.5 * (1 + Math.cos(Math.PI * progress)));
}
