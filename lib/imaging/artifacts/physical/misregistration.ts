/** Slices from breath-holds that differ. */
import { z } from "../../../base/deps/zod.ts";
import { spacingOf, type Volume, type Voxels } from "../../../base/volume/volume.ts";
import { intensityRange } from "../../../base/volume/intensity_range.ts";
import { defineArtifact } from "../artifact.ts";
import { cubicAt } from "./plane_resampling.ts";

const mm = z.number();

const params = z.object({ shiftsMm: z.array(z.tuple([mm, mm, mm])).min(1) });
type MisregistrationParams = z.output<typeof params>;

/** Slices displaced against each other, labels with them. */
export const misregistration = defineArtifact({
  name: "misregistration",
  mode: "physical",
  doc: {
    summary:
      "An organ that is stepped along the slice axis: each slice comes from its own breath-hold, " +
      "with the diaphragm elsewhere. Single slices look right. The label moves with the slices.",
    sampling: "For each slice shifts normal with standard deviation sdMm along its two axes, and " +
      "throughPlaneSdMm along that of the slices.",
    model: "The slice shows the body moved by the shift (mm along these axes): cubic in the " +
      "plane, no voxel below the least, linear between slices, edges continued; labels by the " +
      "nearest voxel.",
    reference: "McLeish et al., IEEE TMI 21 (2002) 1142",
  },
  options: z.object({
    sdMm: z.number().min(0).default(3),
    throughPlaneSdMm: z.number().min(0).default(0),
  }),
  params,
  // a lone slice has no neighbours that it could show instead
  minSlices: ({ shiftsMm }) => shiftsMm.some(([, , depth]) => depth !== 0) ? 2 : 1,
  severities: [{ sdMm: 1 }, { sdMm: 2 }, { sdMm: 3 }, { sdMm: 4.5 }, { sdMm: 6.5 }],
  sample({ sdMm, throughPlaneSdMm }, draws, { shape }) {
    return {
      shiftsMm: Array.from({ length: shape[2] }, (): [number, number, number] => [
        draws.normal(0, sdMm),
        draws.normal(0, sdMm),
        draws.normal(0, throughPlaneSdMm),
      ]),
    };
  },
  apply(volume, given) {
    const { data, shape: [ni, nj, nk] } = volume, size = ni * nj;
    const result = data.slice(), { min } = intensityRange(data);
    shiftsInVoxels(volume, given).forEach(([si, sj, sk], k) => {
      if (si === 0 && sj === 0 && sk === 0) return;
      const depth = Math.min(nk - 1, Math.max(0, k - sk)), below = Math.floor(depth);
      const share = depth - below;
      const a = data.subarray(below * size, (below + 1) * size);
      const b = share === 0 ? a : data.subarray((below + 1) * size, (below + 2) * size);
      for (let j = 0, o = k * size; j < nj; j++) {
        for (let i = 0; i < ni; i++, o++) {
          const first = cubicAt(a, ni, nj, i - si, j - sj);
          const second = share === 0 ? first : cubicAt(b, ni, nj, i - si, j - sj);
          // beside an edge the cubic goes below all voxels, which magnitudes cannot
          result[o] = Math.max(min, first + share * (second - first));
        }
      }
    });
    return { ...volume, data: result };
  },
  applyToLabel<T extends Voxels>(label: Volume<T>, given: MisregistrationParams): Volume<T> {
    const { shape: [ni, nj, nk] } = label;
    const data = label.data.slice() as T;
    const nearest = (x: number, n: number) => Math.min(n - 1, Math.max(0, Math.floor(x + 0.5)));
    shiftsInVoxels(label, given).forEach(([si, sj, sk], k) => {
      const from = nearest(k - sk, nk) * ni * nj;
      for (let j = 0, o = k * ni * nj; j < nj; j++) {
        const row = from + ni * nearest(j - sj, nj);
        for (let i = 0; i < ni; i++, o++) data[o] = label.data[row + nearest(i - si, ni)]!;
      }
    });
    return { ...label, data };
  },
});

function shiftsInVoxels(
  { shape, affine }: Volume<Voxels>,
  { shiftsMm }: MisregistrationParams,
): [number, number, number][] {
  if (shiftsMm.length !== 1 && shiftsMm.length !== shape[2]) {
    throw new RangeError(
      `Cannot apply physical/misregistration: there are ${shiftsMm.length} shifts, wanted 1 or one ` +
        `for each of ${shape[2]} slices`,
    );
  }
  const [a, b, c] = spacingOf(affine);
  return Array.from({ length: shape[2] }, (_, k) => {
    const [i, j, depth] = shiftsMm[k] ?? shiftsMm[0]!;
    return [i / a, j / b, depth / c];
  });
}
