/** Electrical bursts during single readouts. */
import { z } from "../../../base/deps/zod.ts";
import { transformReal } from "../../fft/transform.ts";
import { defineArtifact } from "../artifact.ts";
import type { Draws } from "../draws.ts";
import { rangeOption } from "../parameter_error.ts";
import { addWave } from "../waves.ts";
import { sliceOf } from "./slices.ts";

const offset = z.int();

/** Each further sample of a burst is half as high: more than these no voxel shows. */
const MOST_SAMPLES = 64;

const spikeParam = z.object({
  slice: z.int().min(0),
  offset: z.tuple([offset, offset]),
  ratio: z.number().min(0),
  phase: z.number(),
  samples: z.int().min(1).max(MOST_SAMPLES).default(1),
});

/** Stripes over some of the slices. */
export const spike = defineArtifact({
  name: "spike",
  mode: "physical",
  nonNegative: true,
  perChannel: true,
  doc: {
    summary: "Stripes over some slices (herringbone), each slice its own: a discharge during one " +
      "readout leaves a few neighbouring bright samples of k-space.",
    sampling:
      "Each slice is hit with probability sliceShare, at least one always; 1 to 3 bursts a " +
      "hit slice; direction uniform, distance from DC uniform in radius (shares of the way to the " +
      "edge), 1 or 2 samples along i, ratio uniform in ratio, phase uniform.",
    model:
      "Adds A e^(i phase) to a sample, A = ratio max|F| of the slice, and half as much to each " +
      "further sample of the burst: |f + A / (N_i N_j) e^(i (2 pi k.x + phase))|. Offsets count " +
      "samples from DC.",
    reference: "Graves and Mitchell, JMRI 38 (2013) 269",
  },
  options: z.object({
    ratio: rangeOption({ least: 0, from: "itself" }).default([0.3, 0.6]),
    sliceShare: z.number().min(0).max(1).default(0.6),
    radius: rangeOption({ least: 0, from: "itself" }).refine(
      ([, high]) => high <= 1,
      "Wanted shares from 0 to 1",
    )
      .default([0.1, 0.7]),
  }),
  params: z.object({
    spikes: z.array(spikeParam),
  }),
  severities: [
    { ratio: [0.08, 0.08], sliceShare: 1 },
    { ratio: [0.15, 0.15], sliceShare: 1 },
    { ratio: [0.25, 0.25], sliceShare: 1 },
    { ratio: [0.4, 0.4], sliceShare: 1 },
    { ratio: [0.7, 0.7], sliceShare: 1 },
  ],
  sample({ ratio, sliceShare, radius }, draws, { shape: [ni, nj, nk] }) {
    const always = draws.integer(0, nk - 1);
    const spikes: z.output<typeof spikeParam>[] = [];
    for (let slice = 0; slice < nk; slice++) {
      const hit = draws.uniform() < sliceShare || slice === always;
      const count = draws.integer(1, 3);
      for (let n = 0; n < count; n++) {
        const offset = drawOffset(ni, nj, radius, draws);
        const drawn = {
          ratio: draws.uniform(...ratio),
          phase: draws.uniform(0, 2 * Math.PI),
          samples: draws.integer(1, 2),
        };
        const overDc = offset[1] === 0 && offset[0] < 0 && offset[0] + drawn.samples > 0;
        if (hit) spikes.push({ slice, offset: overDc ? [1, 0] : offset, ...drawn });
      }
    }
    return { spikes };
  },
  apply(volume, { spikes }) {
    const { shape: [ni, nj, nk] } = volume, size = ni * nj;
    const data = volume.data.slice();
    for (const slice of new Set(spikes.map((spike) => spike.slice))) {
      if (slice >= nk) {
        throw new RangeError(
          `Cannot apply physical/spike: spikes has the slice ${slice}, wanted 0 to ${nk - 1}`,
        );
      }
      const here = sliceOf(volume, slice);
      const peak = largestSample(here, [ni, nj]);
      const re = Float64Array.from(here), im = new Float64Array(size);
      for (const { offset, ratio, phase, samples } of spikes.filter((s) => s.slice === slice)) {
        for (let n = 0; n < samples; n++) {
          const height = ratio * peak / size / 2 ** n;
          const at = [wrap(offset[0] + n, ni), wrap(offset[1], nj), 0] as const;
          const shape = [ni, nj, 1] as const;
          addWave(re, im, shape, at, height * Math.cos(phase), height * Math.sin(phase));
        }
      }
      for (let o = 0; o < size; o++) data[slice * size + o] = Math.hypot(re[o]!, im[o]!);
    }
    return { ...volume, data };
  },
});

function wrap(frequency: number, n: number): number {
  return ((frequency % n) + n) % n;
}

function drawOffset(
  ni: number,
  nj: number,
  radius: readonly [number, number],
  draws: Draws,
): [number, number] {
  const angle = draws.uniform(0, 2 * Math.PI), share = draws.uniform(...radius);
  const i = Math.round(share * (ni / 2 - 1) * Math.cos(angle));
  const j = Math.round(share * (nj / 2 - 1) * Math.sin(angle));
  // never DC, which would be a change of brightness
  return i === 0 && j === 0 ? [1, 0] : [i + 0, j + 0];
}

function largestSample(slice: Float32Array, shape: [number, number]): number {
  const { re, im } = transformReal(slice, shape);
  let largest = 0;
  for (let o = 0; o < re.length; o++) largest = Math.max(largest, Math.hypot(re[o]!, im[o]!));
  return largest;
}
