/** Bytes that are no event of TensorBoard. */
export class EventFileError extends Error {
  /** Its class by name. */
  override readonly name = "EventFileError";
}
