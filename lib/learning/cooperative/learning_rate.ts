/** How the learning rate goes on. */
export interface RateOptions {
  /** The rate of the first step, above 0. */
  readonly learningRate: number;
  /** It stays, or falls along half a cosine. */
  readonly schedule: "constant" | "cosine";
  /** Steps until a `cosine` schedule is at its end; null where a run has not settled them yet. */
  readonly decaySteps: number | null;
}

/**
 * The learning rate of step number `step` (from 1).
 *
 * `constant`: `learningRate` throughout, as in the published method. `cosine`: from `learningRate`
 * along half a cosine to 0 at `decaySteps` (Loshchilov and Hutter 2017, without restarts), then a
 * hundredth of it; a short run ends on calm weights that way.
 *
 * @throws {RangeError} If it is a `cosine` without `decaySteps`.
 */
export function learningRateAt(options: RateOptions, step: number): number {
  const { learningRate, schedule, decaySteps } = options;
  if (schedule === "constant") return learningRate;
  if (decaySteps === null) {
    throw new RangeError(
      "Cannot tell a falling learning rate: decaySteps is null, wanted a number",
    );
  }
  const progress = Math.min(1, (step - 1) / decaySteps);
  return learningRate * Math.max(0.01, 0.5 * (1 + Math.cos(Math.PI * progress)));
}
