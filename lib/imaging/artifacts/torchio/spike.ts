/** Spikes in the spectrum of the whole volume, as TorchIO's `RandomSpike`. */
import { z } from "../../../base/deps/zod.ts";
import { plainIndex } from "../../fft/frequency.ts";
import { transformReal } from "../../fft/transform.ts";
import type { Volume } from "../../../base/volume/volume.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";
import { addWave, fourierSample } from "../waves.ts";
import { cutWhere, outputQuirk } from "./quirks.ts";

const peakQuirk = z.enum(["running", "once", "largest-real"]).default("running");

const fraction = z.number().min(0).lt(1);

const params = z.object({
  positions_fractional: z.array(z.tuple([fraction, fraction, fraction])),
  intensity: z.number(),
  peak: peakQuirk,
  output: outputQuirk,
});

/** Herringbone stripes from a single bright sample of k-space. */
export const spike = defineArtifact({
  name: "spike",
  mode: "torchio",
  nonNegative: ({ output }) => output === "magnitude",
  doc: {
    summary: "Stripes over the whole volume (herringbone), from electrical discharges during " +
      "readout; here one sample of the three-dimensional spectrum of the stack.",
    sampling: "Count uniform in num_spikes, one intensity uniform in intensity for all spikes, " +
      "positions uniform over the spectrum (fractions 0-1 of its three axes, DC in the centre).",
    model: "F[q] += r max|F| per spike, then the real part of the inverse transform: a cosine of " +
      "r times the mean for an image without negative values. Intensities are ratios. `peak`: " +
      "running takes max|F| with the earlier spikes (TorchIO from 0.21.2), once without them, " +
      "largest-real the largest real part (TorchIO 0.18).",
    reference: "Perez-Garcia et al., TorchIO, Comput Methods Programs Biomed 208 (2021) 106236",
  },
  options: z.object({
    num_spikes: rangeOption({ least: 0, whole: true }).default([1, 1]),
    intensity: rangeOption({ symmetric: true }).default([1, 3]),
    peak: peakQuirk,
    output: outputQuirk,
  }),
  params,
  severities: [
    { intensity: [0.12, 0.12] },
    { intensity: [0.22, 0.22] },
    { intensity: [0.36, 0.36] },
    { intensity: [0.6, 0.6] },
    { intensity: [1, 1] },
  ],
  sample({ num_spikes, intensity, peak, output }, draws) {
    const count = draws.integer(...num_spikes);
    const strength = draws.uniform(...intensity);
    const positions_fractional = Array.from(
      { length: count },
      (): [number, number, number] => [draws.uniform(), draws.uniform(), draws.uniform()],
    );
    return { positions_fractional, intensity: strength, peak, output };
  },
  apply(volume, { positions_fractional, intensity, peak, output }) {
    if (intensity === 0 || positions_fractional.length === 0) return copyOf(volume);
    const { shape, data } = volume;
    const spikes = positions_fractional.map((position) =>
      position.map((p, axis) => plainIndex(Math.floor(p * shape[axis]!), shape[axis]!)) as Index
    );
    const re = Float64Array.from(data);
    const im = output === "magnitude" ? new Float64Array(data.length) : undefined;
    spikeHeights(volume, spikes, intensity, peak).forEach(([a, b], n) => {
      addWave(re, im, shape, spikes[n]!, a / data.length, b / data.length);
    });
    const result = new Float32Array(data.length);
    for (let o = 0; o < result.length; o++) result[o] = im ? Math.hypot(re[o]!, im[o]!) : re[o]!;
    return { ...volume, data: cutWhere(output, result) };
  },
});

type Index = [number, number, number];
type Complex = readonly [number, number];

function copyOf(volume: Volume): Volume {
  return { ...volume, data: volume.data.slice() };
}

/** What each spike adds to its sample, in turn, since each sees the earlier ones. */
function spikeHeights(
  { data, shape }: Volume,
  spikes: readonly Index[],
  intensity: number,
  peak: "running" | "once" | "largest-real",
): Complex[] {
  const byRealPart = peak === "largest-real";
  const size = ([re, im]: Complex) => byRealPart ? re : Math.hypot(re, im);
  const touched = new Map<string, Complex>();
  // the largest sample that no spike touches does not change from spike to spike
  const alike = peak === "once" || spikes.length === 1;
  const base = largestSample(data, shape, alike ? [] : spikes, size);
  return spikes.map((index) => {
    let largest = base;
    if (!alike) {
      for (const other of spikes) {
        const key = other.join();
        if (!touched.has(key)) touched.set(key, fourierSample(data, shape, other));
        const value = touched.get(key)!;
        if (largest === undefined || size(value) > size(largest)) largest = value;
      }
    }
    const height: Complex = byRealPart
      ? [intensity * largest![0], intensity * largest![1]]
      : [intensity * size(largest!), 0];
    const [re, im] = touched.get(index.join()) ?? [0, 0];
    touched.set(index.join(), [re + height[0], im + height[1]]);
    return height;
  });
}

function largestSample(
  data: Float32Array,
  shape: readonly [number, number, number],
  except: readonly Index[],
  size: (value: Complex) => number,
): Complex | undefined {
  const skipped = new Set(except.map(([i, j, k]) => i + shape[0] * (j + shape[1] * k)));
  let sum = 0, least = 0;
  for (let o = 0; o < data.length; o++) {
    sum += data[o]!;
    if (data[o]! < least) least = data[o]!;
  }
  // without negative values no sample exceeds the sum, which is the sample at DC
  if (least === 0 && !skipped.has(0)) return [sum, 0];
  const { re, im } = transformReal(data, shape);
  let largest: Complex | undefined;
  for (let o = 0; o < re.length; o++) {
    if (skipped.has(o)) continue;
    const value: Complex = [re[o]!, im[o]!];
    if (largest === undefined || size(value) > size(largest)) largest = value;
  }
  return largest;
}
