import type { NiftiGrid } from "../../lib/formats/nifti/nifti_image.ts";
import { withVoxels } from "../../lib/formats/nifti/nifti_image.ts";
import { encodeNifti } from "../../lib/formats/nifti/encode_nifti.ts";
import type { Overlay } from "./protocol.ts";

/** Classes as NIfTI on the grid of an image, filled and as outlines in the planes of its slices. */
export function overlayOf(grid: NiftiGrid, classes: Uint8Array, axis: 0 | 1 | 2): Overlay {
  const outline = outlineVoxels(classes, grid.volume.shape, axis);
  return { outline: niftiOf(grid, outline), filled: niftiOf(grid, classes) };
}

/** Voxels as the bytes of an uncompressed NIfTI file on the grid of an image. */
export function niftiOf(
  grid: NiftiGrid,
  voxels: Uint8Array | Float32Array,
): Uint8Array<ArrayBuffer> {
  return encodeNifti(withVoxels(grid, voxels)) as Uint8Array<ArrayBuffer>;
}

/**
 * The voxels of each class that touch another class, or the edge, within their slice.
 *
 * @param axis The axis that slices are stacked along.
 */
export function outlineVoxels(
  classes: Uint8Array,
  shape: readonly [number, number, number],
  axis: 0 | 1 | 2,
): Uint8Array {
  const strides = [1, shape[0], shape[0] * shape[1]] as const;
  const [a, b] = [0, 1, 2].filter((one) => one !== axis) as [0 | 1 | 2, 0 | 1 | 2];
  const result = new Uint8Array(classes.length);
  for (let n = 0; n < classes.length; n++) {
    const own = classes[n]!;
    if (own === 0) continue;
    for (const one of [a, b]) {
      const at = Math.floor(n / strides[one]) % shape[one];
      const inside = at > 0 && at < shape[one] - 1 &&
        classes[n - strides[one]] === own && classes[n + strides[one]] === own;
      if (!inside) result[n] = own;
    }
  }
  return result;
}
