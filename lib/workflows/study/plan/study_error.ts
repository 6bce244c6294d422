/** A study that cannot be opened, gone on with or summed up. */
export class StudyError extends Error {
  override readonly name = "StudyError";
}
