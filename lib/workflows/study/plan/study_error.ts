/** A study that cannot be opened, gone on with or summed up. */
export class StudyError extends Error {
  /** Its class by name. */
  override readonly name = "StudyError";
}
