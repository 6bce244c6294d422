/** Ringing as MONAI's `GibbsNoise`. */
import { z } from "../../../base/deps/zod.ts";
import { frequencyOf } from "../../fft/frequency.ts";
import { inverseTransform, transformReal } from "../../fft/transform.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";

const share = z.number().min(0).max(1);

/** A ball cut out of the volume's spectrum. */
export const monaiGibbs = defineArtifact({
  name: "gibbs",
  mode: "monai",
  doc: {
    summary: "Ringing and blurring: a ball is cut out of the spectrum of the whole volume.",
    sampling: "alpha uniform in its range.",
    model:
      "Samples stay whose distance from (N - 1) / 2, in indices of the centred spectrum, is at " +
      "most (1 - alpha) max(N) sqrt(2) / 2; real part. The centre is half a sample off DC for even " +
      "N, and voxels count as cubes: MONAI's own choices.",
    reference: "MONAI 1.x, GibbsNoise",
  },
  options: z.object({
    alpha: rangeOption({ least: 0 }).refine(([, high]) => high <= 1, "Wanted numbers from 0 to 1")
      .default([0, 1]),
  }),
  params: z.object({ alpha: share }),
  severities: [
    { alpha: [0.5, 0.5] },
    { alpha: [0.65, 0.65] },
    { alpha: [0.75, 0.75] },
    { alpha: [0.83, 0.83] },
    { alpha: [0.9, 0.9] },
  ],
  sample: ({ alpha }, draws) => ({ alpha: draws.uniform(...alpha) }),
  apply(volume, { alpha }) {
    const { shape, data } = volume, spectrum = transformReal(data, shape);
    const radius = (1 - alpha) * Math.max(...shape) * Math.SQRT1_2;
    const squares = shape.map((n) =>
      Float64Array.from(
        { length: n },
        (_, q) => (frequencyOf(q, n) + Math.floor(n / 2) - (n - 1) / 2) ** 2,
      )
    );
    for (let k = 0, o = 0; k < shape[2]; k++) {
      for (let j = 0; j < shape[1]; j++) {
        for (let i = 0; i < shape[0]; i++, o++) {
          if (Math.sqrt(squares[0]![i]! + squares[1]![j]! + squares[2]![k]!) <= radius) continue;
          spectrum.re[o] = spectrum.im[o] = 0;
        }
      }
    }
    inverseTransform(spectrum);
    return { ...volume, data: Float32Array.from(spectrum.re) };
  },
});
