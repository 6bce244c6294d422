/** A run folder that cannot be made, or does not hold what it should. */
export class RunFolderError extends Error {
  override readonly name = "RunFolderError";
}
