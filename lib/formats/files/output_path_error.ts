/** Input and output that do not fit together; nothing was written. */
export class OutputPathError extends Error {
  override readonly name = "OutputPathError";
}
