/** Weights that are none of these networks', or that do not fit what goes with them. */
export class WeightsError extends Error {
  /** Its class by name. */
  override readonly name = "WeightsError";
}
