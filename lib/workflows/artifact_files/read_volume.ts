import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import type { NiftiImage } from "../../formats/nifti/nifti_image.ts";
import { readNifti } from "../../formats/nifti/read_nifti.ts";

/**
 * Reads a volume that a person named.
 *
 * @throws {DatasetError} If there is no such file.
 * @throws {NiftiError} If it is no readable volume.
 */
export async function readVolume(path: string): Promise<NiftiImage> {
  try {
    return await readNifti(path);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new DatasetError(`Cannot open ${path}: there is no such file`, { cause });
  }
}
