/** Spectra of differently posed volumes put together, as TorchIO's `RandomMotion`. */
import { z } from "../../../base/deps/zod.ts";
import { filterLines, type WeightedLines } from "../../fft/filter_lines.ts";
import { toPlainOrder } from "../../fft/frequency.ts";
import type { Volume, Voxels } from "../../../base/volume/volume.ts";
import { defineArtifact } from "../artifact.ts";
import { rangeOption } from "../parameter_error.ts";
import { movedVolume, type RigidPose } from "./moved_volume.ts";
import { axisParam, cutWhere, outputQuirk, outsideQuirk, partOf } from "./quirks.ts";

const pivotQuirk = z.enum(["world-origin", "image-centre"]).default("world-origin");
const interpolationQuirk = z.enum(["linear", "nearest"]).default("linear");
const triple = z.tuple([z.number(), z.number(), z.number()]);

const params = z.object({
  degrees_xyz: z.array(triple).min(1),
  translation_mm_lps: z.array(triple).min(1),
  times: z.array(z.number().min(0).max(1)).min(1),
  interpolation: interpolationQuirk,
  kspace_axis: axisParam.default(2),
  pivot: pivotQuirk,
  outside: outsideQuirk,
  output: outputQuirk,
}).refine(
  (p) => p.times.length === p.degrees_xyz.length && p.times.length === p.translation_mm_lps.length,
  { error: "Wanted as many times as rotations and translations", path: ["times"] },
).refine((p) => p.times.every((time, m) => m === 0 || time >= p.times[m - 1]!), {
  error: "Wanted ascending times",
  path: ["times"],
});

type MotionParams = z.output<typeof params>;

/** Blurring and ringing from a few sudden moves. */
export const motion = defineArtifact({
  name: "motion",
  mode: "torchio",
  nonNegative: ({ output }) => output === "magnitude",
  doc: {
    summary: "Ringing and doubled edges from a patient who moves a few times during acquisition; " +
      "here parts of the spectrum come from differently posed copies of the volume.",
    sampling:
      "For each of num_transforms moves: angles uniform in degrees about each axis, shifts " +
      "uniform in translation (mm) along each, in LPS+; times evenly spread over 0-1 with a jitter " +
      "of 0.3 steps. A single slice keeps its plane.",
    model: "Volume m is resampled at R p + t (ITK Euler3D, order ZXY, about the world's origin), " +
      "its spectrum fills the share of times m of kspace_axis, and the unmoved volume fills the " +
      "share with the centre. `pivot`: TorchIO turns about the world's origin by mistake. With one " +
      "slice TorchIO's axis 2 leaves just the last pose. The label follows the pose that fills the " +
      "central line: none, unless the axis has few voxels.",
    reference: "Shaw et al., MIDL 2019; Perez-Garcia et al., TorchIO, Comput Methods Programs " +
      "Biomed 208 (2021) 106236",
  },
  options: z.object({
    degrees: rangeOption({ symmetric: true }).default([-10, 10]),
    translation: rangeOption({ symmetric: true }).default([-10, 10]),
    num_transforms: z.int().min(1).default(2),
    interpolation: interpolationQuirk,
    kspace_axis: axisParam.default(2),
    pivot: pivotQuirk,
    outside: outsideQuirk,
    output: outputQuirk,
  }),
  params,
  severities: [
    { degrees: 1, translation: 1, num_transforms: 6, kspace_axis: 1, pivot: "image-centre" },
    { degrees: 2, translation: 2, num_transforms: 6, kspace_axis: 1, pivot: "image-centre" },
    { degrees: 4, translation: 4, num_transforms: 6, kspace_axis: 1, pivot: "image-centre" },
    { degrees: 7, translation: 7, num_transforms: 6, kspace_axis: 1, pivot: "image-centre" },
    { degrees: 12, translation: 12, num_transforms: 6, kspace_axis: 1, pivot: "image-centre" },
  ],
  sample(options, draws, { shape }) {
    const count = options.num_transforms, step = 1 / (count + 1);
    const triples = (range: readonly [number, number]) =>
      Array.from({ length: count }, (): [number, number, number] => [
        draws.uniform(...range),
        draws.uniform(...range),
        draws.uniform(...range),
      ]);
    const degrees_xyz = triples(options.degrees), translation_mm_lps = triples(options.translation);
    const times = Array.from(
      { length: count },
      (_, m) => (m + 1) * step + draws.uniform(-0.3 * step, 0.3 * step),
    );
    if (shape[2] === 1) {
      for (const angles of degrees_xyz) angles[0] = angles[1] = 0;
      for (const shift of translation_mm_lps) shift[2] = 0;
    }
    const { interpolation, kspace_axis, pivot, outside, output } = options;
    const quirks = { interpolation, kspace_axis, pivot, outside, output };
    return { degrees_xyz, translation_mm_lps, times, ...quirks };
  },
  apply(volume, given) {
    const { data, shape } = volume, n = shape[given.kspace_axis];
    const sources = segmentsOf(given, n).map(({ pose, start, end }): WeightedLines => {
      const weights = new Float64Array(n).fill(1, start, end);
      const moved = pose ? movedVolume(volume, pose, given) : data;
      return { data: moved, weights: toPlainOrder(weights) };
    });
    const filtered = filterLines(sources, shape, given.kspace_axis, partOf(given.output));
    return { ...volume, data: cutWhere(given.output, filtered) };
  },
  applyToLabel<T extends Voxels>(label: Volume<T>, given: MotionParams): Volume<T> {
    const n = label.shape[given.kspace_axis], middle = Math.floor(n / 2);
    const { pose } = segmentsOf(given, n).find(({ start, end }) =>
      start <= middle && middle < end
    )!;
    if (!pose) return label;
    const codes = { ...label, data: Float32Array.from(label.data) };
    const rules = { interpolation: "nearest", pivot: given.pivot, outside: "zero" } as const;
    const data = label.data.slice() as T;
    data.set(movedVolume(codes, pose, rules));
    return { ...label, data };
  },
});

/** Lines of the centred spectrum, and the pose that they show; none: the unmoved volume. */
interface Segment {
  readonly pose: RigidPose | undefined;
  readonly start: number;
  readonly end: number;
}

/** Which pose fills which of `n` lines; segments without lines are left out. */
function segmentsOf(
  { degrees_xyz, translation_mm_lps, times }: MotionParams,
  n: number,
): Segment[] {
  const poses: (RigidPose | undefined)[] = [
    undefined,
    ...degrees_xyz.map((degrees, m) => ({ degrees, shift: translation_mm_lps[m]! })),
  ];
  const afterMiddle = times.findIndex((time) => time > 0.5);
  const central = afterMiddle < 0 ? poses.length - 1 : afterMiddle;
  [poses[0], poses[central]] = [poses[central], poses[0]];
  const ends = [...times.map((time) => Math.floor(n * time)), n];
  return poses.map((pose, m) => ({ pose, start: m === 0 ? 0 : ends[m - 1]!, end: ends[m]! }))
    .filter(({ start, end }) => start < end);
}
