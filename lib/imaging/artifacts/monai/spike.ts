/** A spike as MONAI's `KSpaceSpikeNoise`. */
import { z } from "../../../base/deps/zod.ts";
import { plainIndex } from "../../fft/frequency.ts";
import { transformReal } from "../../fft/transform.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";
import { addWave } from "../waves.ts";

const index = z.int().min(0);

/** e to this still is a float32. */
const LARGEST = 80;

/** One sample of the volume's spectrum overwritten. */
export const monaiSpike = defineArtifact({
  name: "spike",
  mode: "monai",
  inUnits: true,
  doc: {
    summary: "Stripes over the whole volume: one sample of its spectrum is overwritten.",
    sampling: "loc uniform over the spectrum, log_intensity uniform in its range.",
    model: "The sample at loc (indices of the centred spectrum) gets the magnitude " +
      "exp(log_intensity) and keeps its phase; real part. The magnitude depends on the image's " +
      "units: a small one is a hole, not a spike.",
    reference: "MONAI 1.x, KSpaceSpikeNoise",
  },
  options: z.object({
    log_intensity: rangeOption({ least: -LARGEST, from: "itself" })
      .refine(([, high]) => high <= LARGEST, `Wanted numbers up to ${LARGEST}`).default([8, 11]),
  }),
  params: z.object({
    loc: z.tuple([index, index, index]),
    log_intensity: z.number().min(-LARGEST).max(LARGEST),
  }),
  severities: [
    { log_intensity: [9.6, 9.6] },
    { log_intensity: [10.2, 10.2] },
    { log_intensity: [10.65, 10.65] },
    { log_intensity: [11.1, 11.1] },
    { log_intensity: [11.6, 11.6] },
  ],
  sample: ({ log_intensity }, draws, { shape }) => ({
    loc: shape.map((n) => draws.integer(0, n - 1)) as [number, number, number],
    log_intensity: draws.uniform(...log_intensity),
  }),
  apply(volume, { loc, log_intensity }) {
    const { shape, data } = volume, re = Float64Array.from(data);
    loc.forEach((l, axis) => {
      if (l < shape[axis]!) return;
      throw new RangeError(
        `Cannot apply monai/spike: loc.${axis} is ${l}, wanted 0 to ${shape[axis]! - 1}`,
      );
    });
    const at = loc.map((l, axis) => plainIndex(l, shape[axis]!)) as [number, number, number];
    const spectrum = transformReal(data, shape), o = at[0] + shape[0] * (at[1] + shape[1] * at[2]);
    const a = spectrum.re[o]!, b = spectrum.im[o]!, phase = Math.atan2(b, a);
    const height = Math.exp(log_intensity);
    const added = [height * Math.cos(phase) - a, height * Math.sin(phase) - b];
    addWave(re, undefined, shape, at, added[0]! / data.length, added[1]! / data.length);
    return { ...volume, data: Float32Array.from(re) };
  },
});
