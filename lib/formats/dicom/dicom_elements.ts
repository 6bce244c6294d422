import type { DicomDataset } from "../../base/deps/dcmjs.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { DicomError } from "./dicom_error.ts";

/** Not written out in `import()`, or Deno would fetch it before anything runs. */
const DCMJS = "../../base/deps/dcmjs.ts";

function load(): Promise<typeof import("../../base/deps/dcmjs.ts")> {
  return import(DCMJS);
}

/**
 * The elements of a file by their keywords, up to its pixels.
 *
 * @throws {DicomError} ("header") If they cannot be read.
 */
export async function readDicomElements(bytes: Uint8Array, file: string): Promise<DicomDataset> {
  const { readElements } = await load();
  try {
    return readElements(bytes);
  } catch (cause) {
    throw new DicomError(
      "header",
      `Cannot open ${file}: its DICOM elements are damaged (${messageOf(cause)})`,
      { cause },
    );
  }
}

/** The bytes of a DICOM file of these elements, explicit VR, little endian. */
export async function encodeDicomElements(
  meta: DicomDataset,
  dataset: DicomDataset,
): Promise<Uint8Array> {
  const { encodeDicom } = await load();
  return encodeDicom(meta, dataset);
}
