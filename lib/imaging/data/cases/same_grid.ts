import { DatasetError } from "./dataset_error.ts";
import { cornerDistance } from "../../../base/volume/affine.ts";
import { spacingOf, type Volume } from "../../../base/volume/volume.ts";

/**
 * Images and label may lie this share of the smallest voxel side apart, at the corners. Masks that went
 * through another program's quaternion lie 0.15 off.
 */
const PLACE_TOLERANCE = 0.2;

/** Holds a label, or another channel, to the grid of an image; throws DatasetError that names both. */
export function checkSameGrid(
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
