/** What is wrong with a NIfTI file; `code` says which kind, for programs to act on. */
export type NiftiErrorCode =
  | "gzip"
  | "magic"
  | "header"
  | "dimensions"
  | "datatype"
  | "truncated"
  | "memory"
  | "value"
  | "geometry"
  | "write";

/** A NIfTI file that cannot be read or written; the message names the file. */
export class NiftiError extends Error {
  /** Its class by name. */
  override readonly name = "NiftiError";
  /** Which kind of fault. */
  readonly code: NiftiErrorCode;

  /** An error of this kind; the message names the file. */
  constructor(code: NiftiErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
