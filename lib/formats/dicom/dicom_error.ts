/** What is wrong with DICOM files; `code` says which kind, for programs to act on. */
export type DicomErrorCode =
  /** There is no image in DICOM. */
  | "none"
  /** There are several series, or images of one, where one volume is wanted. */
  | "several"
  /** A file's elements cannot be read. */
  | "header"
  /** Images do not lie where a volume's slices are. */
  | "place"
  /** dcm2niix made nothing of a series, or something that makes no sense. */
  | "convert"
  /** A series is too large. */
  | "memory"
  /** dcm2niix did not end in time. */
  | "time"
  /** dcm2niix cannot be loaded. */
  | "load";

/** DICOM files that cannot be read; the message names the file or folder. */
export class DicomError extends Error {
  /** Its class by name. */
  override readonly name = "DicomError";
  /** Which kind of fault. */
  readonly code: DicomErrorCode;

  /** An error of this kind; the message names the file. */
  constructor(code: DicomErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
