/** A run folder that cannot be made, or does not hold what it should. */
export class RunFolderError extends Error {
  /** Its class by name. */
  override readonly name = "RunFolderError";
}

/** A run folder that was to be made, but holds a run already. */
export class RunExistsError extends Error {
  /** Its class by name. */
  override readonly name = "RunExistsError";
}
