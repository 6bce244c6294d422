import { orientationCode } from "../../base/volume/orientation_code.ts";
import { directionOf, sliceAxisOf } from "../../base/volume/slice_axis.ts";
import { spacingOf, type Volume } from "../../base/volume/volume.ts";
import type { InspectedGrid } from "./inspection.ts";

/** Where a volume lies and how it is stacked; throws RangeError where its affine has no volume. */
export function gridOf({ shape, affine }: Pick<Volume, "shape" | "affine">): InspectedGrid {
  const sliceAxis = sliceAxisOf(affine);
  return {
    shape,
    spacing: spacingOf(affine),
    orientation: orientationCode(affine),
    sliceAxis,
    sliceDirection: directionOf(affine, sliceAxis),
  };
}
