/** An image from wherever it lies: a NIfTI file, or the DICOM of one series. */
import { isDicomFile } from "../../../formats/dicom/find_dicom.ts";
import { readDicomVolume } from "../../../formats/dicom/read_dicom.ts";
import type { GeometryChoice } from "../../../formats/nifti/geometry.ts";
import type { NiftiImage } from "../../../formats/nifti/nifti_image.ts";
import type { ReadNiftiOptions } from "../../../formats/nifti/parse_nifti.ts";
import { type FileGrid, readGrid } from "../../../formats/nifti/read_grid.ts";
import { readNifti, readNiftiFrames } from "../../../formats/nifti/read_nifti.ts";

/** How to read an image. */
export interface ReadImageOptions {
  /** What of a NIfTI header gives the geometry; of DICOM, it is what its files say. */
  readonly geometry?: GeometryChoice | undefined;
  /** Which series of DICOM, by its number or UID; absent: the only one. */
  readonly series?: string | undefined;
}

/**
 * Reads an image of one volume.
 *
 * @param path A NIfTI file, a folder of DICOM, or a DICOM file.
 * @throws {NiftiError} As `readNifti`.
 * @throws {DicomError} As `readDicomVolume`.
 * @throws {Deno.errors.NotFound} If there is no such path, and other errors of the file system.
 */
export async function readImage(path: string, options: ReadImageOptions): Promise<NiftiImage> {
  if (await isDicomPath(path)) return await readDicomVolume(path, seriesOf(options));
  return await readNifti(path, geometryOf(options));
}

/** The frames of a file, each as an image of its own; as {@linkcode readImage}. */
export async function readImageFrames(
  path: string,
  options: ReadImageOptions,
): Promise<NiftiImage[]> {
  if (await isDicomPath(path)) return [await readDicomVolume(path, seriesOf(options))];
  const { volumes, header, warnings } = await readNiftiFrames(path, geometryOf(options));
  return volumes.map((volume): NiftiImage => ({
    volume,
    header: { ...header, dim: [3, ...volume.shape, 1, 1, 1, 1] },
    warnings,
  }));
}

/**
 * Reads where an image lies, of NIfTI without its voxels; as {@linkcode readImage}.
 *
 * @param frames Whether a file may hold several volumes.
 */
export async function readImageGrid(
  path: string,
  options: ReadImageOptions,
  frames: "one" | "any" = "one",
): Promise<FileGrid> {
  if (!await isDicomPath(path)) return await readGrid(path, { ...geometryOf(options), frames });
  const { volume: { shape, affine }, warnings } = await readDicomVolume(path, seriesOf(options));
  return { shape, affine, frames: 1, warnings };
}

/** Whether a path is a folder, which can but hold DICOM, or a DICOM file. */
async function isDicomPath(path: string): Promise<boolean> {
  if (/\.nii(\.gz)?$/i.test(path)) return (await Deno.stat(path)).isDirectory;
  return (await Deno.stat(path)).isDirectory || await isDicomFile(path);
}

function geometryOf({ geometry }: ReadImageOptions): ReadNiftiOptions {
  return geometry === undefined ? {} : { geometry };
}

function seriesOf({ series }: ReadImageOptions) {
  return series === undefined ? {} : { series };
}
