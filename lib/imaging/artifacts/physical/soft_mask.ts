/** Where a role lies. */
import type { ArtifactContext } from "../artifact.ts";
import { gaussianBlur } from "../gaussian_blur.ts";
import { classesOfRole } from "../needs.ts";

/**
 * A mask (0-1) of the labels with a role, its edges softened.
 *
 * @param context Holds a label map and says what its classes are, as the artifact's needs demand.
 * @param sigmas Standard deviations of the softening in voxels.
 */
export function softMask(
  { label, labels = [] }: ArtifactContext,
  role: string,
  sigmas: readonly [number, number, number],
): Float32Array {
  const classes = classesOfRole(labels, role);
  const mask = Float32Array.from(label!.data, (code) => classes.includes(code) ? 1 : 0);
  return gaussianBlur(mask, label!.shape, sigmas);
}
