/** A data set, or a case of it, that cannot be used; the message names the file or case. */
export class DatasetError extends Error {
  /** Its class by name. */
  override readonly name = "DatasetError";
}
