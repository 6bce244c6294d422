import type { Affine } from "../../../lib/base/volume/volume.ts";

/** The affine that maps voxel indices to themselves as mm. */
export const IDENTITY_AFFINE: Affine = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
