/**
 * The one place that pins dcmjs, which carries no types: those of what is used. Only what writes DICOM
 * imports this module, when it does, by a name that the graph of modules does not show.
 */
// deno-lint-ignore-file no-explicit-any
import dcmjs from "npm:dcmjs@0.52.0";

/** Elements by their keywords; a sequence is a list of such. */
export type DicomDataset = { [keyword: string]: any };

const { DicomMessage, DicomMetaDictionary, DicomDict } = (dcmjs as any).data;

/** Reads the elements of a file, up to its pixels. */
export function readElements(bytes: Uint8Array): DicomDataset {
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  const { dict } = DicomMessage.readFile(buffer, { untilTag: "7FE00010" });
  return DicomMetaDictionary.naturalizeDataset(dict);
}

/**
 * The bytes of a DICOM file, explicit VR, little endian.
 *
 * @param meta The elements of group 2.
 */
export function encodeDicom(meta: DicomDataset, dataset: DicomDataset): Uint8Array {
  const file = new DicomDict(DicomMetaDictionary.denaturalizeDataset(meta));
  file.dict = DicomMetaDictionary.denaturalizeDataset(dataset);
  return new Uint8Array(file.write());
}
