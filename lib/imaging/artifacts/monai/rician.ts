/** Rician noise, as MONAI's `RandRicianNoise`. */
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";
import { drawSeed } from "../draws.ts";
import { rangeOption } from "../parameter_error.ts";
import { TorchRandom } from "../torch_random.ts";

/** Grain of a magnitude image: bright where there was nothing. */
export const rician = defineArtifact({
  name: "rician",
  mode: "monai",
  perChannel: true,
  doc: {
    summary: "Grain as in magnitude images: it raises dark regions and hardly moves bright ones.",
    sampling:
      "std uniform in its range (`sample_std` of MONAI: a range from 0), then a 31-bit seed.",
    model: "sqrt((f + s n1)^2 + (s n2)^2), n1 and n2 standard normal; s = std, or std times the " +
      "volume's standard deviation where `relative`.",
    reference: "Gudbjartsson and Patz, MRM 34 (1995) 910; MONAI 0.8, RandRicianNoise",
  },
  options: z.object({
    std: rangeOption({ least: 0 }).default([0, 1]),
    relative: z.boolean().default(false),
  }),
  params: z.object({
    std: z.number().min(0),
    relative: z.boolean().default(true),
    seed: z.int().min(0).lt(2 ** 32),
  }),
  severities: [
    { std: [0.06, 0.06], relative: true },
    { std: [0.1, 0.1], relative: true },
    { std: [0.17, 0.17], relative: true },
    { std: [0.28, 0.28], relative: true },
    { std: [0.45, 0.45], relative: true },
  ],
  sample({ std, relative }, draws) {
    return { std: draws.uniform(...std), relative, seed: drawSeed(draws) };
  },
  apply(volume, { std, relative, seed }) {
    const { data } = volume, scale = std * (relative ? deviationOf(data) : 1);
    const normal = new TorchRandom(seed).randn(2 * data.length);
    return {
      ...volume,
      data: data.map((value, o) => {
        const re = value + scale * normal[o]!, im = scale * normal[data.length + o]!;
        return Math.sqrt(re * re + im * im);
      }),
    };
  },
});

/** The standard deviation of all voxels about their mean. */
function deviationOf(data: Float32Array): number {
  let sum = 0, squares = 0;
  for (const value of data) sum += value;
  const mean = sum / data.length;
  for (const value of data) squares += (value - mean) ** 2;
  return Math.sqrt(squares / data.length);
}
