import type { NiftiDatatype } from "../../names.ts";
import type { Volume, Voxels } from "../../base/volume/volume.ts";
import { imageOf, type NiftiImage, withVoxels } from "../../formats/nifti/nifti_image.ts";

/** A volume as NIfTI, with the header of `image` where it lies on the same grid; whole-number datatypes are rounded to. */
export function onGridOf(
  image: NiftiImage,
  volume: Volume<Voxels>,
  datatype: NiftiDatatype,
): NiftiImage {
  const { shape, affine } = image.volume;
  const whole = !datatype.startsWith("float");
  const data = whole ? Float64Array.from(volume.data, Math.round) : volume.data;
  if (volume.shape.join() === shape.join() && volume.affine.join() === affine.join()) {
    return withVoxels(image, data, datatype);
  }
  const own = imageOf({ ...volume, data }, image.header.description);
  return { ...own, header: { ...own.header, datatype } };
}
