/** Input and output that do not fit together; nothing was written. */
export class OutputPathError extends Error {
  /** Its class by name. */
  override readonly name = "OutputPathError";
}
