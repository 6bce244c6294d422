/** A checkpoint that cannot be read, or does not fit the run that wants it. */
export class CheckpointError extends Error {
  /** Its class by name. */
  override readonly name = "CheckpointError";
}
