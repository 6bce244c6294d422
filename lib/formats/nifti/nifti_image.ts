import type { NiftiDatatype } from "../../names.ts";
import { DATATYPES } from "./datatype.ts";
import type { NiftiHeader } from "./header.ts";
import { NiftiError } from "./nifti_error.ts";
import { type Affine, spacingOf, type Volume, type Voxels } from "../../base/volume/volume.ts";

/** A volume and the header it was read with, or is to be written with. */
export interface NiftiImage<T extends Voxels = Voxels> {
  /** Voxels after scaling, and their affine in mm. */
  readonly volume: Volume<T>;
  /** All fields of the file. */
  readonly header: NiftiHeader;
  /** What is odd about the file, one sentence each, naming it; empty for most. */
  readonly warnings: readonly string[];
}

/** The datatype that holds a typed array as it is. */
function datatypeOfArray(voxels: Voxels): NiftiDatatype {
  const found = (Object.keys(DATATYPES) as NiftiDatatype[]).find((name) =>
    DATATYPES[name].array === voxels.constructor && !name.endsWith("64")
  );
  return found ?? "float64";
}

/**
 * An image of a volume that comes from no file: NIfTI-1, little endian, mm, sform and pixdim from the
 * affine (sform code 1, scanner), no qform.
 *
 * @param volume Voxels; the header's datatype is that of their array.
 * @param description At most 80 characters.
 *
 * @example
 * ```ts
 * import { imageOf } from "./nifti_image.ts";
 * import { scalingAffine } from "../../base/volume/affine.ts";
 *
 * const affine = scalingAffine([-1.5, -1.5, 8]);
 * const image = imageOf({ data: new Uint8Array(8), shape: [2, 2, 2], affine }, "labels");
 * if (image.header.datatype !== "uint8") throw new Error(image.header.datatype);
 * ```
 */
export function imageOf<T extends Voxels>(volume: Volume<T>, description = ""): NiftiImage<T> {
  const header: NiftiHeader = {
    version: 1,
    littleEndian: true,
    datatype: datatypeOfArray(volume.data),
    dim: [3, ...volume.shape, 1, 1, 1, 1],
    pixdim: [1, ...spacingOf(volume.affine), 0, 0, 0, 0],
    sclSlope: 1,
    sclInter: 0,
    qformCode: 0,
    quaternion: [0, 0, 0],
    qoffset: [0, 0, 0],
    sformCode: 1,
    srow: volume.affine.slice(0, 12),
    xyztUnits: 2,
    calMin: 0,
    calMax: 0,
    sliceStart: 0,
    sliceEnd: 0,
    sliceCode: 0,
    sliceDuration: 0,
    toffset: 0,
    dimInfo: 0,
    intentCode: 0,
    intentParameters: [0, 0, 0],
    intentName: "",
    description,
    auxFile: "",
    extension: new Uint8Array(4),
  };
  return { volume, header, warnings: [] };
}

/** What of an image remains without its voxels: the grid and header that predictions go back into. */
export type NiftiGrid = Pick<NiftiImage, "header" | "warnings"> & {
  readonly volume: Pick<Volume, "shape" | "affine">;
};

/**
 * An image with other voxels on the grid of `source`: geometry, units and texts stay those of the
 * source; scaling and display range, which belonged to its voxels, are reset.
 *
 * @param source An image, or an image without its voxels.
 * @param voxels As many as the source has, in its order.
 * @param datatype How to store them; absent: as their array is.
 * @throws {TypeError} If the number of voxels differs.
 */
export function withVoxels<T extends Voxels>(
  source: NiftiGrid,
  voxels: T,
  datatype: NiftiDatatype = datatypeOfArray(voxels),
): NiftiImage<T> {
  const { shape, affine } = source.volume;
  const count = shape[0] * shape[1] * shape[2];
  if (voxels.length !== count) {
    throw new TypeError(
      `Cannot replace voxels: got ${voxels.length}, wanted ${shape.join(" x ")} = ${count}`,
    );
  }
  return {
    volume: { data: voxels, shape, affine },
    header: { ...source.header, datatype, sclSlope: 1, sclInter: 0, calMin: 0, calMax: 0 },
    warnings: source.warnings,
  };
}

/**
 * Fails unless every voxel is a finite number.
 *
 * @param name The file or case, for the message.
 * @throws {NiftiError} ("value") That names the first voxel that is not, and their count.
 */
export function assertFinite(
  volume: { readonly data: Voxels; readonly shape: Volume["shape"]; readonly affine: Affine },
  name: string,
): void {
  let [first, count] = [-1, 0];
  for (let n = 0; n < volume.data.length; n++) {
    if (!Number.isFinite(volume.data[n]!)) {
      if (count++ === 0) first = n;
    }
  }
  if (count === 0) return;
  const [ni, nj] = volume.shape;
  const place = [first % ni, Math.floor(first / ni) % nj, Math.floor(first / (ni * nj))];
  throw new NiftiError(
    "value",
    `Cannot use ${name}: ${count} of its ${volume.data.length} voxels are not finite, the first (${
      volume.data[first]
    }) at (${place.join(", ")})`,
  );
}
