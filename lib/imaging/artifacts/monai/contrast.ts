/** A power of intensities within their own range, as MONAI's `AdjustContrast`. */
import { intensityRange } from "../../../base/volume/intensity_range.ts";
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";

/** What MONAI adds to the range, so that a flat image divides by something. */
const EPSILON = 1e-7;

/** A change of contrast that keeps the least and the greatest voxel. */
export const contrast = defineArtifact({
  name: "contrast",
  mode: "monai",
  doc: {
    summary:
      "Another contrast curve between the darkest and the brightest voxel: a gamma below 1 " +
      "compresses what is bright, one above 1 what is dark.",
    sampling: "gamma uniform in its range; a single number g stands for 0.5 to g.",
    model: "((f - min) / (max - min))^gamma (max - min) + min, of the volume's own extremes.",
    reference: "MONAI 0.8, AdjustContrast",
  },
  options: z.object({ gamma: rangeOption({ least: 0, from: 0.5 }).default([0.5, 4.5]) }),
  params: z.object({ gamma: z.number().min(0) }),
  severities: [
    { gamma: [1.15, 1.15] },
    { gamma: [1.3, 1.3] },
    { gamma: [1.5, 1.5] },
    { gamma: [1.9, 1.9] },
    { gamma: [2.6, 2.6] },
  ],
  sample: ({ gamma }, draws) => ({ gamma: draws.uniform(...gamma) }),
  apply(volume, { gamma }) {
    const { min, max } = intensityRange(volume.data), range = max - min;
    return {
      ...volume,
      data: volume.data.map((value) =>
        Math.pow((value - min) / (range + EPSILON), gamma) * range + min
      ),
    };
  },
});
