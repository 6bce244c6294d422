/** A volume turned, shifted and scaled as a whole, as TorchIO's `RandomAffine`. */
import { applyAffine } from "../../../base/volume/affine.ts";
import type { Affine, Volume, Voxels } from "../../../base/volume/volume.ts";
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";
import { centreOf, readThrough, rotation } from "./moved_volume.ts";
import { outsideQuirk } from "./quirks.ts";

const triple = z.tuple([z.number(), z.number(), z.number()]);
const factor = z.number().positive();
const centerParam = z.enum(["image", "origin"]).default("image");
const interpolationParam = z.enum(["linear", "nearest"]).default("linear");

const params = z.object({
  scales: z.tuple([factor, factor, factor]),
  degrees: triple,
  translation: triple,
  center: centerParam,
  interpolation: interpolationParam,
  outside: outsideQuirk,
});

type AffineParams = z.output<typeof params>;

/** A patient who lies otherwise; the label lies otherwise with them. */
export const affine = defineArtifact({
  name: "affine",
  mode: "torchio",
  doc: {
    summary:
      "The patient placed otherwise in the scanner: turned, shifted and scaled as a whole. " +
      "Label maps are moved with it.",
    sampling: "A scale, an angle (degrees) and a shift (mm) for each of RAS+, uniform in scales, " +
      "degrees and translation; `isotropic`: one scale for all. A single slice keeps its plane.",
    model: "Content at p goes to S (R (p - c) + t) + c, R = Rz Rx Ry (ITK Euler3D), c the middle " +
      "of the volume (`center` origin: of the world); read linearly, labels by the nearest voxel.",
    reference: "Perez-Garcia et al., TorchIO, Comput Methods Programs Biomed 208 (2021) 106236",
  },
  options: z.object({
    scales: z.union([z.number().min(0).lt(1), z.tuple([factor, factor])], {
      error: "Wanted a number d from 0 and below 1 for [1 - d, 1 + d], or a pair above 0",
    }).transform((value): [number, number] =>
      typeof value === "number" ? [1 - value, 1 + value] : value
    ).refine(([low, high]) => low <= high, "Wanted an ordered pair").default([0.9, 1.1]),
    degrees: rangeOption({ symmetric: true }).default([-10, 10]),
    translation: rangeOption({ symmetric: true }).default([0, 0]),
    isotropic: z.boolean().default(false),
    center: centerParam,
    interpolation: interpolationParam,
    outside: outsideQuirk,
  }),
  params,
  severities: [
    { scales: 0, degrees: 3, translation: 2 },
    { scales: 0, degrees: 6, translation: 4 },
    { scales: 0, degrees: 10, translation: 7 },
    { scales: 0, degrees: 16, translation: 11 },
    { scales: 0, degrees: 25, translation: 18 },
  ],
  sample(options, draws, { shape }) {
    const drawn = (range: readonly [number, number]): [number, number, number] => [
      draws.uniform(...range),
      draws.uniform(...range),
      draws.uniform(...range),
    ];
    const scales = drawn(options.scales);
    const degrees = drawn(options.degrees), translation = drawn(options.translation);
    if (options.isotropic) scales.fill(scales[0]);
    if (shape[2] === 1) {
      scales[2] = 1;
      degrees[0] = degrees[1] = translation[2] = 0;
    }
    const { center, interpolation, outside } = options;
    return { scales, degrees, translation, center, interpolation, outside };
  },
  apply(volume, given) {
    return { ...volume, data: readThrough(volume, wayBack(volume, given), given) };
  },
  applyToLabel<T extends Voxels>(label: Volume<T>, given: AffineParams): Volume<T> {
    const codes = { ...label, data: Float32Array.from(label.data) };
    const rules = { interpolation: "nearest", outside: "zero" } as const;
    const data = label.data.slice() as T;
    data.set(readThrough(codes, wayBack(label, given), rules));
    return { ...label, data };
  },
});

/** Where what is seen at a place in mm (LPS+) came from: `Rt ((p - c) / s - t) + c`. */
function wayBack(
  volume: Volume<Voxels>,
  { scales, degrees: [x, y, z], translation: [r, a, s], center }: AffineParams,
): Affine {
  const pivot = center === "image" ? centreOf(volume) : [0, 0, 0] as const;
  const turn = rotation([-x, -y, z]), shift = [-r, -a, s];
  const back = Array.from({ length: 16 }, (_, n) => {
    const [row, column] = [Math.floor(n / 4), n % 4];
    if (row === 3 || column === 3) return n === 15 ? 1 : 0;
    return turn[column * 4 + row]! / scales[column]!;
  });
  const still = back.slice();
  for (let row = 0; row < 3; row++) {
    const shifted = shift.reduce((sum, mm, c) => sum + back[row * 4 + c]! * scales[c]! * mm, 0);
    still[row * 4 + 3] = pivot[row]! - shifted - applyAffine(back, pivot)[row]!;
  }
  return still;
}
