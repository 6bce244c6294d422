const PICTURE =
  "it has no size in mm: stack the pictures of a volume and save them as NIfTI with their spacing " +
  "(3D Slicer does it, or SimpleITK in Python)";
const RESAVE = "save it as .nii.gz (3D Slicer does it, or SimpleITK in Python)";

/** What files are, by the text or the bytes at a place, and what to do with them. */
const FORMATS: readonly [what: string, advice: string, start: string | number[], at?: number][] = [
  ["DICOM", "tandem convert makes NIfTI of it", "DICM", 128],
  ["a PNG picture", PICTURE, [0x89, 0x50, 0x4e, 0x47]],
  ["a JPEG picture", PICTURE, [0xff, 0xd8, 0xff]],
  ["a TIFF picture", PICTURE, "II*\0"],
  ["a TIFF picture", PICTURE, "MM\0*"],
  ["a MetaImage", RESAVE, "ObjectType"],
  ["a MetaImage", RESAVE, "NDims"],
  ["NRRD", RESAVE, "NRRD"],
  ["HDF5, as MINC is", RESAVE, [0x89, 0x48, 0x44, 0x46]],
  ["an array of NumPy", RESAVE, [0x93, 0x4e, 0x55, 0x4d]],
  ["a zip archive", "unpack it first", "PK\x03\x04"],
  ["a pointer of Git LFS", "git lfs pull fetches the file itself", "version https://git-lfs"],
];

/**
 * What a file is that is no NIfTI, and what to do with it, in words; undefined where its first bytes
 * tell nothing.
 *
 * @param head The first bytes, 132 or more where there are so many.
 *
 * @example
 * ```ts
 * import { otherFormat } from "./other_format.ts";
 *
 * const found = otherFormat(new TextEncoder().encode("NRRD0004"));
 * if (!found?.startsWith("it is NRRD: save it as .nii.gz")) throw new Error(found);
 * ```
 */
export function otherFormat(head: Uint8Array): string | undefined {
  for (const [what, advice, start, at = 0] of FORMATS) {
    const bytes = typeof start === "string" ? [...new TextEncoder().encode(start)] : start;
    if (bytes.every((byte, n) => head[at + n] === byte)) return `it is ${what}: ${advice}`;
  }
  return undefined;
}
