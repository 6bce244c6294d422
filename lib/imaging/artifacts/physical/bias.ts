/** The uneven sensitivity of an array of receive coils. */
import { z } from "../../../base/deps/zod.ts";
import { spacingOf, type Volume } from "../../../base/volume/volume.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";
import { otsuThreshold } from "./body.ts";

const mm = z.number();

/** Brightness that falls off away from the coils. */
export const bias = defineArtifact({
  name: "bias",
  mode: "physical",
  nonNegative: true,
  doc: {
    summary: "Brightness that falls off away from the receive coils; the tissue near the surface " +
      "is brighter than what lies deep.",
    sampling: "`coils` coils on a ring round the volume with a random start, heights within the " +
      "stack, weights uniform in 0.15-1; width 0.35 to 0.6 of the field of view; ratio uniform.",
    model:
      "b = sqrt(sum w^2 exp(-|x - p|^2 / s^2)), p and s in mm from the volume's centre along " +
      "its axes; raised to the power that makes its largest over smallest value in the body " +
      "(above Otsu's threshold) equal to ratio, and divided by its mean there, so that overall " +
      "brightness is kept. Output f b.",
    reference: "Roemer et al., MRM 16 (1990) 192; Sled et al., IEEE TMI 17 (1998) 87",
  },
  options: z.object({
    ratio: rangeOption({ least: 1, from: "itself" }).default([1.5, 3]),
    coils: z.int().min(1).default(6),
  }),
  params: z.object({
    coils: z.array(z.object({ positionMm: z.tuple([mm, mm, mm]), weight: z.number().min(0) })).min(
      1,
    ),
    widthMm: z.number().gt(0),
    ratio: z.number().min(1),
  }),
  severities: [
    { ratio: [1.5, 1.5] },
    { ratio: [2, 2] },
    { ratio: [3, 3] },
    { ratio: [5, 5] },
    { ratio: [9, 9] },
  ],
  sample({ ratio, coils }, draws, { shape, affine }) {
    const spacing = spacingOf(affine);
    const half = shape.map((n, axis) => n * spacing[axis]! / 2);
    const start = draws.uniform(0, 2 * Math.PI);
    const size = Math.max(half[0]!, half[1]!);
    return {
      coils: Array.from({ length: coils }, (_, c) => {
        const angle = start + 2 * Math.PI * c / coils;
        return {
          positionMm: [
            1.1 * half[0]! * Math.cos(angle),
            1.1 * half[1]! * Math.sin(angle),
            half[2]! * draws.uniform(-0.5, 0.5),
          ] as [number, number, number],
          weight: draws.uniform(0.15, 1),
        };
      }),
      widthMm: 2 * size * draws.uniform(0.35, 0.6),
      ratio: draws.uniform(...ratio),
    };
  },
  apply(volume, { coils, widthMm, ratio }) {
    const field = sensitivity(volume, coils, widthMm);
    const { data } = volume, threshold = otsuThreshold(data);
    let low = Infinity, high = 0, count = 0;
    for (let o = 0; o < data.length; o++) {
      if (data[o]! < threshold) continue;
      low = Math.min(low, field[o]!);
      high = Math.max(high, field[o]!);
    }
    if (!(low > 0 && Number.isFinite(high))) {
      throw new RangeError(
        `Cannot apply physical/bias: the coils see ${low} to ${high} in the body, wanted numbers ` +
          "above 0 (weight, positionMm, widthMm)",
      );
    }
    const power = high > low ? Math.log(ratio) / Math.log(high / low) : 0;
    let sum = 0;
    for (let o = 0; o < data.length; o++) {
      field[o] = Math.exp(power * Math.log(field[o]!));
      if (data[o]! < threshold) continue;
      sum += field[o]!;
      count++;
    }
    const result = new Float32Array(data.length);
    for (let o = 0; o < data.length; o++) result[o] = data[o]! * field[o]! * count / sum;
    return { ...volume, data: result };
  },
});

interface Coil {
  readonly positionMm: readonly [number, number, number];
  readonly weight: number;
}

/** The root of the summed squares of all coils' sensitivities; each is a product of three curves. */
function sensitivity({ shape, affine }: Volume, coils: readonly Coil[], width: number) {
  const spacing = spacingOf(affine), [ni, nj, nk] = shape;
  const squares = new Float64Array(ni * nj * nk);
  for (const { positionMm, weight } of coils) {
    const [a, b, c] = shape.map((n, axis) =>
      Float64Array.from({ length: n }, (_, x) => {
        const distance = (x - (n - 1) / 2) * spacing[axis]! - positionMm[axis]!;
        return Math.exp(-((distance / width) ** 2));
      })
    );
    for (let k = 0, o = 0; k < nk; k++) {
      for (let j = 0; j < nj; j++) {
        const row = weight * weight * b![j]! * c![k]!;
        for (let i = 0; i < ni; i++, o++) squares[o]! += row * a![i]!;
      }
    }
  }
  return squares.map(Math.sqrt);
}
