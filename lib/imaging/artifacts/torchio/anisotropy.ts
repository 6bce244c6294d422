/** Resolution lost along one axis, as TorchIO's `RandomAnisotropy`. */
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";
import type { Volume, Voxels } from "../../../base/volume/volume.ts";
import { axisParam } from "./quirks.ts";

const outside = z.enum(["zero", "edge"]).default("zero");
const params = z.object({
  axis: axisParam,
  factor: z.number().min(1),
  outside,
  scalars_only: z.boolean().default(true),
});

/** Thick voxels along one axis. */
export const anisotropy = defineArtifact({
  name: "anisotropy",
  mode: "torchio",
  doc: {
    summary: "Coarse voxels along one axis, as if acquired with a larger spacing.",
    sampling: "Axis uniform among axes (the slice axis left out for a single slice), factor " +
      "uniform in downsampling (1 or more).",
    model: "floor(N / factor) samples by nearest neighbour about the same centre, then linear " +
      "interpolation back. Points beyond the coarse grid are zero, which may blank end slices; " +
      "`outside` edge cures that. The label stays as it is, or with `scalars_only` false loses what " +
      "lies between the samples, too, by nearest neighbour both ways.",
    reference: "Perez-Garcia et al., TorchIO, Comput Methods Programs Biomed 208 (2021) 106236",
  },
  options: z.object({
    axes: z.array(axisParam).min(1).default([0, 1, 2]),
    downsampling: rangeOption({ least: 1 }).default([1.5, 5]),
    outside,
    scalars_only: z.boolean().default(true),
  }),
  params,
  severities: [
    { axes: [0, 1], downsampling: [1.5, 1.5], outside: "edge" },
    { axes: [0, 1], downsampling: [2, 2], outside: "edge" },
    { axes: [0, 1], downsampling: [3, 3], outside: "edge" },
    { axes: [0, 1], downsampling: [4.5, 4.5], outside: "edge" },
    { axes: [0, 1], downsampling: [7, 7], outside: "edge" },
  ],
  sample(options, draws, { shape }) {
    const axes = options.axes.filter((axis) => axis !== 2 || shape[2] > 1);
    if (axes.length === 0) {
      throw new RangeError(
        "Cannot sample torchio/anisotropy: axes is [2], and the volume has a single slice",
      );
    }
    return {
      axis: axes[draws.integer(0, axes.length - 1)]!,
      factor: draws.uniform(...options.downsampling),
      outside: options.outside,
      // left out where it is TorchIO's own, as in the records of older versions
      ...!options.scalars_only && { scalars_only: false },
    };
  },
  apply(volume, given) {
    const data = new Float32Array(volume.data.length);
    coarsen(volume, given, data, (a, b, share) => a + share * (b - a));
    return { ...volume, data };
  },
  applyToLabel<T extends Voxels>(label: Volume<T>, given: z.output<typeof params>): Volume<T> {
    if (given.scalars_only) return label;
    const data = label.data.slice() as T;
    coarsen(label, given, data, (a, b, share) => share < 0.5 ? a : b);
    return { ...label, data };
  },
});

/** Writes each voxel from its two neighbours in the coarse grid. */
function coarsen(
  { data, shape }: Volume<Voxels>,
  { axis, factor, outside }: z.output<typeof params>,
  result: Voxels,
  between: (a: number, b: number, share: number) => number,
): void {
  const n = shape[axis];
  if (n === 1 || factor === 1) return result.set(data);
  const coarse = Math.max(1, Math.floor(n / factor));
  const middle = (n - 1) / 2, coarseMiddle = (coarse - 1) / 2;
  const nearest = Int32Array.from({ length: coarse }, (_, m) => {
    return Math.min(n - 1, Math.max(0, Math.floor(middle + (m - coarseMiddle) * factor + 0.5)));
  });
  const step = axis === 0 ? 1 : axis === 1 ? shape[0] : shape[0] * shape[1];
  result.fill(0);
  for (let x = 0; x < n; x++) {
    const at = (x - middle) / factor + coarseMiddle;
    if (outside === "zero" && !(at >= -0.5 && at < coarse - 0.5)) continue;
    const clamped = Math.min(coarse - 1, Math.max(0, at)), below = Math.floor(clamped);
    const share = clamped - below;
    const a = nearest[below]! * step, b = nearest[Math.min(coarse - 1, below + 1)]! * step;
    for (let slab = 0; slab < data.length; slab += step * n) {
      for (let i = slab, o = slab + x * step; i < slab + step; i++, o++) {
        result[o] = between(data[i + a]!, data[i + b]!, share);
      }
    }
  }
}
