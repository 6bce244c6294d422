/** Gaussian noise in raw units, as TorchIO's `RandomNoise`. */
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";
import { drawSeed } from "../draws.ts";
import { rangeOption } from "../parameter_error.ts";
import { TorchRandom } from "../torch_random.ts";

/** Grain. */
export const noise = defineArtifact({
  name: "noise",
  mode: "torchio",
  inUnits: true,
  perChannel: true,
  doc: {
    summary: "Grain over the whole volume; Gaussian, unlike a scanner's magnitude noise.",
    sampling: "mean and std uniform in their ranges, then a 31-bit seed.",
    model:
      "f + mean + std n with n standard normal from PyTorch's generator, voxels in the order " +
      "k fastest. In raw intensity units: meaningful for images scaled to 0-1.",
    reference: "Perez-Garcia et al., TorchIO, Comput Methods Programs Biomed 208 (2021) 106236",
  },
  options: z.object({
    mean: rangeOption({ symmetric: true }).default([0, 0]),
    std: rangeOption({ least: 0 }).default([0, 0.25]),
  }),
  params: z.object({
    mean: z.number(),
    std: z.number().min(0),
    seed: z.int().min(0).lt(2 ** 32),
  }),
  severities: [
    { std: [0.02, 0.02] },
    { std: [0.035, 0.035] },
    { std: [0.06, 0.06] },
    { std: [0.1, 0.1] },
    { std: [0.16, 0.16] },
  ],
  sample({ mean, std }, draws) {
    return { mean: draws.uniform(...mean), std: draws.uniform(...std), seed: drawSeed(draws) };
  },
  apply(volume, { mean, std, seed }) {
    const { data, shape: [ni, nj, nk] } = volume;
    const result = new Float32Array(data.length);
    const normal = std === 0 ? result : new TorchRandom(seed).randn(data.length);
    for (let k = 0, o = 0; k < nk; k++) {
      for (let j = 0; j < nj; j++) {
        for (let i = 0; i < ni; i++, o++) {
          result[o] = std === 0
            ? data[o]! + mean
            : data[o]! + (mean + std * normal[(i * nj + j) * nk + k]!);
        }
      }
    }
    return { ...volume, data: result };
  },
});
