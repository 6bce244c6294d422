/** Bytes that are no event of TensorBoard. */
export class EventFileError extends Error {
  override readonly name = "EventFileError";
}
