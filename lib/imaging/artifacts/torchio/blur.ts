/** Gaussian blurring, as TorchIO's `RandomBlur`. */
import { z } from "../../../base/deps/zod.ts";
import { spacingOf } from "../../../base/volume/volume.ts";
import { defineArtifact } from "../artifact.ts";
import { gaussianBlur } from "../gaussian_blur.ts";

const nonNegative = z.number().min(0);
const stdOption = z.union([
  nonNegative,
  z.tuple([nonNegative, nonNegative]),
  z.tuple([nonNegative, nonNegative, nonNegative]),
  z.tuple([nonNegative, nonNegative, nonNegative, nonNegative, nonNegative, nonNegative]),
], {
  error: "Wanted 1, 2, 3 or 6 numbers of 0 or more: high, [low, high], a high or a pair an axis",
})
  .transform((value): [number, number][] => {
    if (typeof value === "number") return [[0, value], [0, value], [0, value]];
    if (value.length === 2) return [value, value, value];
    if (value.length === 3) return value.map((high) => [0, high]);
    return [[value[0], value[1]], [value[2], value[3]], [value[4], value[5]]];
  })
  .refine((ranges) => ranges.every(([low, high]) => low <= high), "Wanted ordered pairs");

/** Loss of detail. */
export const blur = defineArtifact({
  name: "blur",
  mode: "torchio",
  doc: {
    summary: "Loss of fine detail.",
    sampling: "A standard deviation a voxel axis, uniform in its range of std (mm).",
    model: "A normalised Gaussian along each axis, cut at int(4 sigma + 0.5) voxels, the volume " +
      "mirrored at its edges (half-sample symmetric).",
    reference: "Perez-Garcia et al., TorchIO, Comput Methods Programs Biomed 208 (2021) 106236",
  },
  options: z.object({ std: stdOption.default([[0, 2], [0, 2], [0, 2]]) }),
  params: z.object({ std: z.tuple([nonNegative, nonNegative, nonNegative]) }),
  severities: [
    { std: [0.7, 0.7, 0.7, 0.7, 0, 0] },
    { std: [1, 1, 1, 1, 0, 0] },
    { std: [1.5, 1.5, 1.5, 1.5, 0, 0] },
    { std: [2.3, 2.3, 2.3, 2.3, 0, 0] },
    { std: [3.5, 3.5, 3.5, 3.5, 0, 0] },
  ],
  sample({ std }, draws) {
    const [i, j, k] = std.map(([low, high]) => draws.uniform(low, high));
    return { std: [i!, j!, k!] as [number, number, number] };
  },
  apply(volume, { std }) {
    const spacing = spacingOf(volume.affine);
    const sigmas = std.map((sigma, axis) => sigma / spacing[axis]!);
    return {
      ...volume,
      data: gaussianBlur(volume.data, volume.shape, sigmas as [number, number, number]),
    };
  },
});
