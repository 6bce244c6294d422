import { DicomError, type DicomErrorCode } from "../../formats/dicom/dicom_error.ts";
import { NiftiError, type NiftiErrorCode } from "../../formats/nifti/nifti_error.ts";
import { LabelCodeError } from "../../base/task/label_codes.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import type { Problem } from "./inspection.ts";

const OF_NIFTI: Readonly<Record<NiftiErrorCode, string>> = {
  gzip: "copy or download the file again: it is damaged",
  magic: "convert it to NIfTI, or take it out of the data set",
  header: "write the file again by the program it comes from: its header makes no sense",
  dimensions:
    "cut it into one file a volume; where they are channels, layout decathlon reads them " +
    "(modality in dataset.json), or a column image_NAME a file",
  datatype: "save it as whole numbers or floats, one number a voxel",
  truncated: "copy or download the file again: its end is missing",
  memory: "cut the volume into smaller ones",
  value: "replace these voxels by a number, as 0, or take the case out",
  geometry: "choose what of the header to follow by data.geometry (sform, qform or pixdim)",
  write: "",
};

const OF_DICOM: Readonly<Record<DicomErrorCode, string>> = {
  none: "name a folder that holds DICOM images",
  several: "convert it first (tandem convert) and name the volume that is meant",
  header: "copy the files again: they are damaged",
  place: "name the series that the image came from",
  convert: "send the files again from where they come, or take the series out",
  memory: "convert it by dcm2niix itself",
  time: "convert it by dcm2niix itself",
  load: "let this machine fetch dcm2niix (npm) once",
};

/** Whether an error tells of bad data, and not of a mistake in this program. */
function isBadData(error: unknown): error is Error {
  return error instanceof DatasetError || error instanceof NiftiError ||
    error instanceof DicomError || error instanceof LabelCodeError ||
    (error instanceof Error && typeof (error as { code?: unknown }).code === "string");
}

/**
 * An error as a problem with what to do about it.
 *
 * @throws What it is given, where that tells nothing of data.
 */
export function problemOf(
  error: unknown,
  about: Pick<Problem, "severity" | "case" | "files">,
): Problem {
  if (!isBadData(error)) throw error;
  return { ...about, text: messageOf(error), advice: adviceOn(error) };
}

function adviceOn(error: Error): string {
  if (error instanceof NiftiError) return OF_NIFTI[error.code];
  if (error instanceof DicomError) return OF_DICOM[error.code];
  if (error instanceof Deno.errors.NotFound) return "put the file there, or take the case out";
  if (error.cause instanceof LabelCodeError || error instanceof LabelCodeError) {
    return "name these codes (data.labels, or the data set's own list), ignore one (data.ignore), or " +
      "replace them";
  }
  if (/ its (shape is|affine puts it)/.test(error.message)) {
    return "resample one onto the other, or check that they belong together";
  }
  if (/ channels? /.test(error.message)) return "give every case all channels, or take it out";
  if (/ there is no such file or folder/.test(error.message)) {
    return "see whether the path is right";
  }
  if (/^Cannot divide /.test(error.message)) {
    return "add subjects, or leave out a part (data.testFraction=0, data.validationFraction=0)";
  }
  if (/^Cannot train on /.test(error.message)) return "add cases to train on";
  if (/^Cannot tell how .* choose one by --layout$/.test(error.message)) {
    return "choose by --layout";
  }
  if (/\.(csv|tsv|txt|json): /.test(error.message)) return "mend the list";
  return "mend it, or take it out";
}
