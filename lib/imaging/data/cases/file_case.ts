import type { CaseOutline, FileCase, LoadedCase } from "./case_source.ts";
import { DatasetError } from "./dataset_error.ts";
import { type LabelCodes, toCanonicalLabels } from "./label_codes.ts";
import { readGrid } from "../../../formats/nifti/read_grid.ts";
import type { GeometryChoice } from "../../../formats/nifti/geometry.ts";
import { assertFinite, type NiftiImage } from "../../../formats/nifti/nifti_image.ts";
import { readNifti } from "../../../formats/nifti/read_nifti.ts";
import { cornerDistance } from "../../../base/volume/affine.ts";
import { spacingOf, type Volume } from "../../../base/volume/volume.ts";

/** A case's description, how its files are read, and the codes of its label file. */
export interface FileCaseOptions extends Omit<FileCase, "load" | "outline"> {
  readonly labelCodes: LabelCodes;
  readonly geometry?: GeometryChoice;
}

/** Image and label may lie this share of the smallest voxel side apart, at the corners. */
const PLACE_TOLERANCE = 0.1;

/**
 * A case that reads an image and, where there is a path, a label file.
 *
 * Its `load` throws DatasetError where a file is missing, a voxel is not finite, a label value is
 * none of the codes, or image and label differ in shape or lie more than a tenth of the smallest voxel
 * side apart; NiftiError where a file is no readable 3-D NIfTI. Each names the file. Its `outline`
 * reads the headers, and throws the same where they, or the lengths of the files, are to blame.
 */
export function fileCase(options: FileCaseOptions): FileCase {
  const { labelCodes, geometry, ...description } = options;
  const reading = geometry === undefined ? {} : { geometry };
  const read = async <T>(
    path: string,
    reader: (path: string, options: typeof reading) => Promise<T>,
  ): Promise<T> => {
    try {
      return await reader(path, reading);
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotFound)) throw cause;
      throw new DatasetError(`Cannot load ${options.id}: there is no file ${path}`, { cause });
    }
  };
  return {
    ...description,
    async outline(): Promise<CaseOutline> {
      const image = await read(options.imagePath, readGrid);
      if (options.labelPath !== undefined) {
        const label = await read(options.labelPath, readGrid);
        checkSameGrid(image, label, options.imagePath, options.labelPath);
      }
      return { slices: image.shape[2], warnings: image.warnings };
    },
    async load(): Promise<LoadedCase> {
      const image = await read(options.imagePath, readNifti);
      checkFinite(image.volume, options.imagePath);
      if (options.labelPath === undefined) return { image };
      const { volume } = await read(options.labelPath, readNifti);
      checkSameGrid(image.volume, volume, options.imagePath, options.labelPath);
      const data = toCanonicalLabels(volume.data, labelCodes, options.labelPath);
      return { image, label: { data, shape: volume.shape, affine: image.volume.affine } };
    },
  };
}

function checkFinite(volume: NiftiImage["volume"], path: string): void {
  try {
    assertFinite(volume, path);
  } catch (cause) {
    throw new DatasetError((cause as Error).message, { cause });
  }
}

function checkSameGrid(
  image: Pick<Volume, "shape" | "affine">,
  label: Pick<Volume, "shape" | "affine">,
  imagePath: string,
  labelPath: string,
): void {
  if (image.shape.some((size, axis) => size !== label.shape[axis])) {
    throw new DatasetError(
      `Cannot use ${labelPath}: its shape is ${label.shape.join(" x ")}, that of ${imagePath} is ${
        image.shape.join(" x ")
      }`,
    );
  }
  const distance = cornerDistance(image.affine, label.affine, image.shape);
  const limit = PLACE_TOLERANCE * Math.min(...spacingOf(image.affine));
  if (distance > limit) {
    throw new DatasetError(
      `Cannot use ${labelPath}: its affine puts it up to ${
        distance.toFixed(2)
      } mm from ${imagePath}, wanted at most ${limit.toFixed(2)} mm`,
    );
  }
}
