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
  override readonly name = "NiftiError";
  /** Which kind of fault. */
  readonly code: NiftiErrorCode;

  constructor(code: NiftiErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
