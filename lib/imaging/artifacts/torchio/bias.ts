/** A smooth gain, the exponential of a polynomial, as TorchIO's `RandomBiasField`. */
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";
import { exponentialField } from "../exponential_field.ts";
import { rangeOption } from "../parameter_error.ts";

/** Coefficients of a polynomial of this total degree in three variables. */
export function coefficientCount(order: number): number {
  return (order + 1) * (order + 2) * (order + 3) / 6;
}

/** Slow changes of brightness. */
export const bias = defineArtifact({
  name: "bias",
  mode: "torchio",
  doc: {
    summary: "Brightness that changes slowly over the image, from receive coils that are more " +
      "sensitive nearby.",
    sampling: "Each coefficient uniform in coefficients.",
    model: "f exp(sum c x^a y^b z^c) with a + b + c <= order, coordinates -1 to 1 from the first " +
      "voxel centre to the last along each axis (0 where there is one voxel), c running fastest. " +
      "The constant term counts: a global gain. No normalisation.",
    reference:
      "Van Leemput et al., IEEE TMI 18 (1999) 885; Sudre et al., Med Image Anal 38 (2017) 50; " +
      "Perez-Garcia et al., TorchIO, Comput Methods Programs Biomed 208 (2021) 106236",
  },
  options: z.object({
    coefficients: rangeOption({ symmetric: true }).default([-0.5, 0.5]),
    order: z.int().min(0).default(3),
  }),
  params: z.object({
    order: z.int().min(0),
    coefficients: z.array(z.number()),
  }).refine(({ order, coefficients }) => coefficients.length === coefficientCount(order), {
    error: "Wanted (order + 1)(order + 2)(order + 3) / 6 coefficients",
    path: ["coefficients"],
  }),
  severities: [{ coefficients: 0.05 }, { coefficients: 0.08 }, { coefficients: 0.12 }, {
    coefficients: 0.18,
  }, { coefficients: 0.26 }],
  sample({ coefficients, order }, draws) {
    const length = coefficientCount(order);
    return {
      order,
      coefficients: Array.from({ length }, () => draws.uniform(...coefficients)),
    };
  },
  apply(volume, { order, coefficients }) {
    const axes = volume.shape.map((n) =>
      Float64Array.from({ length: n }, (_, x) => n === 1 ? 0 : -1 + 2 * x / (n - 1))
    );
    const data = exponentialField(axes as [Float64Array, Float64Array, Float64Array], {
      order,
      coefficients,
    });
    for (let o = 0; o < data.length; o++) data[o] = data[o]! * volume.data[o]!;
    return { ...volume, data };
  },
});
