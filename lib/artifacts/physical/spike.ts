/** Electrical bursts during single readouts. */
import { z } from "../../deps/zod.ts";
import { transformReal } from "../../fft/transform.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";
import { addWave } from "../waves.ts";
import { sliceOf } from "./slices.ts";

const offset = z.int();

/** Stripes over some of the slices. */
export const spike = defineArtifact({
  name: "spike",
  mode: "physical",
  doc: {
    summary: "Stripes over some slices (herringbone), each slice its own: a discharge during one " +
      "readout leaves a few neighbouring bright samples of k-space.",
    sampling:
      "Each slice is hit with probability sliceShare, at least one always; 1 to 3 bursts a " +
      "hit slice, places uniform over k-space at minRadius from its centre or more, length 1 to 3 " +
      "samples along i, ratio uniform in ratio, phase uniform.",
    model:
      "Adds A e^(i phase) to a sample, A = ratio max|F| of the slice, and half as much to each " +
      "further sample of the burst: |f + A / (N_i N_j) e^(i (2 pi k.x + phase))|. Offsets count " +
      "samples from DC.",
    reference: "Graves and Mitchell, JMRI 38 (2013) 269",
  },
  options: z.object({
    ratio: rangeOption({ least: 0 }).default([0.3, 0.6]),
    sliceShare: z.number().min(0).max(1).default(0.6),
    minRadius: z.number().min(0).default(3),
  }),
  params: z.object({
    spikes: z.array(z.object({
      slice: z.int().min(0),
      offset: z.tuple([offset, offset]),
      ratio: z.number().min(0),
      phase: z.number(),
      samples: z.int().min(1).default(1),
    })),
  }),
  severities: [
    { ratio: [0.1, 0.1] },
    { ratio: [0.2, 0.2] },
    { ratio: [0.4, 0.4] },
    { ratio: [0.8, 0.8] },
    { ratio: [1.5, 1.5] },
  ],
  sample({ ratio, sliceShare, minRadius }, draws, { shape: [ni, nj, nk] }) {
    const always = draws.integer(0, nk - 1);
    const spikes = [];
    for (let slice = 0; slice < nk; slice++) {
      const hit = draws.uniform() < sliceShare || slice === always;
      const count = draws.integer(1, 3);
      for (let n = 0; n < count; n++) {
        const spike = {
          slice,
          offset: drawOffset(ni, nj, minRadius, draws),
          ratio: draws.uniform(...ratio),
          phase: draws.uniform(0, 2 * Math.PI),
          samples: draws.integer(1, 3),
        };
        if (hit) spikes.push(spike);
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
  minRadius: number,
  draws: { integer(low: number, high: number): number },
): [number, number] {
  const draw = (n: number) => draws.integer(0, n - 1) - Math.floor(n / 2);
  // a slice too small to have such a place takes what is drawn last
  for (let attempt = 0;; attempt++) {
    const place: [number, number] = [draw(ni), draw(nj)];
    if (Math.hypot(...place) >= minRadius || attempt === 100) return place;
  }
}

function largestSample(slice: Float32Array, shape: [number, number]): number {
  const { re, im } = transformReal(slice, shape);
  let largest = 0;
  for (let o = 0; o < re.length; o++) largest = Math.max(largest, Math.hypot(re[o]!, im[o]!));
  return largest;
}
