/** A smooth random warp, as TorchIO's `RandomElasticDeformation`. */
import { z } from "../../../base/deps/zod.ts";
import type { Volume, Voxels } from "../../../base/volume/volume.ts";
import { defineArtifact } from "../artifact.ts";
import { linearSampler, nearestSampler, outsideValue, type Sampler } from "../linear_sampling.ts";
import { type ControlGrid, warpedVoxels } from "./bspline_warp.ts";
import { outsideQuirk } from "./quirks.ts";

const points = z.int().min(4);
const nonNegative = z.number().min(0);
const threeOf = <T extends z.ZodType<number>>(one: T) =>
  z.union([one, z.tuple([one, one, one])], { error: "Wanted one or three numbers in range" })
    .transform((value): [number, number, number] =>
      typeof value === "number" ? [value, value, value] : value as [number, number, number]
    );

const params = z.object({
  control_points: z.tuple([points, points, points]),
  displacements_mm_lps: z.array(z.tuple([z.number(), z.number(), z.number()])),
  outside: outsideQuirk,
}).refine(
  (p) => p.displacements_mm_lps.length === p.control_points.reduce((a, b) => a * b, 1),
  { error: "Wanted one displacement a control point", path: ["displacements_mm_lps"] },
);

type ElasticParams = z.output<typeof params>;

/** The anatomy bent smoothly; the label is bent with it. */
export const elastic = defineArtifact({
  name: "elastic",
  mode: "torchio",
  doc: {
    summary: "The anatomy bent smoothly, as between patients or through distorted gradients. " +
      "Label maps are bent with it.",
    sampling: "One displacement a control point, uniform in -max_displacement to " +
      "max_displacement (mm) along each of LPS+, zero on locked_borders layers at the ends of the " +
      "first two grid axes (`lock_all_axes`: of all three). A single slice keeps its plane.",
    model: "Cubic B-spline over the volume's box; the volume is read at p + d(p), linear, labels " +
      "by the nearest voxel. Displacements above half a grid cell may fold the anatomy.",
    reference: "Rueckert et al., IEEE TMI 18 (1999) 712; Perez-Garcia et al., TorchIO, Comput " +
      "Methods Programs Biomed 208 (2021) 106236",
  },
  options: z.object({
    num_control_points: threeOf(points).default([7, 7, 7]),
    max_displacement: threeOf(nonNegative).default([7.5, 7.5, 7.5]),
    locked_borders: z.literal([0, 1, 2]).default(2),
    lock_all_axes: z.boolean().default(false),
    outside: outsideQuirk,
  }).refine(
    (o) => o.locked_borders < 2 || o.num_control_points.every((n) => n > 4),
    { error: "Wanted more than 4 control points with 2 locked borders", path: ["locked_borders"] },
  ),
  params,
  severities: [
    { max_displacement: [2, 2, 0] },
    { max_displacement: [4, 4, 0] },
    { max_displacement: [6, 6, 0] },
    { max_displacement: [9, 9, 0] },
    { max_displacement: [13, 13, 0] },
  ],
  sample(options, draws, { shape }) {
    const [na, nb, nc] = options.num_control_points, locked = options.locked_borders;
    const displacements: [number, number, number][] = [];
    const isLocked = (x: number, n: number) => x < locked || x >= n - locked;
    for (let a = 0; a < na; a++) {
      for (let b = 0; b < nb; b++) {
        for (let c = 0; c < nc; c++) {
          const drawn = options.max_displacement.map((most) => (draws.uniform() - 0.5) * 2 * most);
          const zero = isLocked(a, na) || isLocked(b, nb) ||
            (options.lock_all_axes && isLocked(c, nc));
          if (shape[2] === 1) drawn[2] = 0;
          displacements.push(zero ? [0, 0, 0] : drawn as [number, number, number]);
        }
      }
    }
    return {
      control_points: options.num_control_points,
      displacements_mm_lps: displacements,
      outside: options.outside,
    };
  },
  apply(volume, params) {
    const read = inPlane(
      volume,
      linearSampler(volume.data, volume.shape, outsideValue(volume.data, params.outside)),
    );
    const data = new Float32Array(volume.data.length);
    warpedVoxels(volume, gridOf(params), read, data);
    return { ...volume, data };
  },
  applyToLabel<T extends Voxels>(label: Volume<T>, given: ElasticParams): Volume<T> {
    const data = label.data.slice() as T;
    const read = inPlane(label, nearestSampler(label.data, label.shape, 0));
    warpedVoxels(label, gridOf(given), read, data);
    return { ...label, data };
  },
});

/** Reads a lone slice within its plane, however that lies. */
function inPlane({ shape }: Volume<Voxels>, read: Sampler): Sampler {
  return shape[2] > 1 ? read : (i, j) => read(i, j, 0);
}

function gridOf(checkedParams: z.output<typeof params>): ControlGrid {
  return {
    points: checkedParams.control_points,
    displacements: checkedParams.displacements_mm_lps,
  };
}
