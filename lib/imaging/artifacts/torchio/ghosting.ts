/** A comb over the spectrum of the whole volume, as TorchIO's `RandomGhosting`. */
import { z } from "../../../base/deps/zod.ts";
import { filterLines } from "../../fft/filter_lines.ts";
import { toPlainOrder } from "../../fft/frequency.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";
import { axisParam, cutWhere, outputQuirk, partOf } from "./quirks.ts";

const roundingQuirk = z.enum(["down", "at-least-one", "ignored"]).default("down");

/** Replicas of the image along one axis. */
export const ghosting = defineArtifact({
  name: "ghosting",
  mode: "torchio",
  nonNegative: ({ output }) => output === "magnitude",
  doc: {
    summary:
      "Faint replicas of the anatomy along one axis, as breathing or pulsation leaves them " +
      "along the phase-encoding direction; here every n-th plane of the spectrum is weakened.",
    sampling: "Count uniform in num_ghosts, axis uniform among axes (the slice axis left out for " +
      "a single slice), intensity uniform, restore uniform if a range is given.",
    model: "Planes 0, n, 2n, ... of the centred spectrum along the axis are multiplied by 1 - s; " +
      "the central plane (restore null), or a fraction `restore` of planes around it, is kept. " +
      "Replicas have amplitude s / n and negative sign. `restore_rounding`: down as TorchIO 1.x, " +
      "which keeps nothing for a tiny fraction; at-least-one; ignored as TorchIO 0.18 (the " +
      "central plane only).",
    reference: "Perez-Garcia et al., TorchIO, Comput Methods Programs Biomed 208 (2021) 106236",
  },
  options: z.object({
    num_ghosts: rangeOption({ least: 0, whole: true }).default([4, 10]),
    axes: z.array(axisParam).min(1).default([0, 1, 2]),
    intensity: rangeOption({ least: 0 }).default([0.5, 1]),
    restore: rangeOption({ least: 0 })
      .refine(([, high]) => high <= 1, "Wanted fractions from 0 to 1").nullable().default(null),
    restore_rounding: roundingQuirk,
    output: outputQuirk,
  }),
  params: z.object({
    num_ghosts: z.int().min(0),
    axis: axisParam,
    intensity: z.number().min(0),
    restore: z.number().min(0).max(1).nullable().default(null),
    restore_rounding: roundingQuirk,
    output: outputQuirk,
  }),
  severities: [
    { intensity: [0.25, 0.25], axes: [0, 1] },
    { intensity: [0.5, 0.5], axes: [0, 1] },
    { intensity: [0.75, 0.75], axes: [0, 1] },
    { intensity: [1, 1], axes: [0, 1] },
    { intensity: [1.5, 1.5], axes: [0, 1] },
  ],
  sample(options, draws, { shape }) {
    const axes = options.axes.filter((axis) => axis !== 2 || shape[2] > 1);
    if (axes.length === 0) {
      throw new RangeError(
        "Cannot sample torchio/ghosting: axes is [2], and the volume has a single slice",
      );
    }
    return {
      num_ghosts: draws.integer(...options.num_ghosts),
      axis: axes[draws.integer(0, axes.length - 1)]!,
      intensity: draws.uniform(...options.intensity),
      restore: options.restore && draws.uniform(...options.restore),
      restore_rounding: options.restore_rounding,
      output: options.output,
    };
  },
  apply(volume, { num_ghosts, axis, intensity, restore, restore_rounding, output }) {
    const { data, shape } = volume;
    if (num_ghosts === 0 || intensity === 0) {
      return { ...volume, data: cutWhere(output, data.slice()) };
    }
    const n = shape[axis], middle = Math.floor(n / 2);
    const weights = new Float64Array(n).fill(1);
    for (let q = 0; q < n; q += num_ghosts) weights[q] = 1 - intensity;
    if (restore === null || restore_rounding === "ignored") weights[middle] = 1;
    else {
      const half = Math.floor(roundHalfEven(restore * n) / 2);
      const kept = restore_rounding === "at-least-one" ? Math.max(1, half) : half;
      weights.fill(1, Math.max(0, middle - kept), middle + kept);
      if (restore_rounding === "at-least-one") weights[middle] = 1;
    }
    const sources = [{ data, weights: toPlainOrder(weights) }];
    const filtered = filterLines(sources, shape, axis, partOf(output));
    return { ...volume, data: cutWhere(output, filtered) };
  },
});

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
