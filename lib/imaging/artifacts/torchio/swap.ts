/** Patches that change places, as TorchIO's `RandomSwap`. */
import { z } from "../../../base/deps/zod.ts";
import { defineArtifact } from "../artifact.ts";

const size = z.int().min(1);
const index = z.int().min(0);
const origin = z.tuple([index, index, index]);

/** Patches exchanged in pairs. */
export const swap = defineArtifact({
  name: "swap",
  mode: "torchio",
  doc: {
    summary: "Pairs of equal patches that change places; no scanner does this, it is a task for " +
      "self-supervised learning and a test of context.",
    sampling:
      "For each of num_iterations: first origin uniform in [0, N - p) along each axis, the " +
      "second redrawn until it differs. The patch is cut to the volume.",
    model: "The patches are exchanged one pair after the other; they may overlap.",
    reference: "Chen et al., Med Image Anal 58 (2019) 101539; Perez-Garcia et al., TorchIO, " +
      "Comput Methods Programs Biomed 208 (2021) 106236",
  },
  options: z.object({
    patch_size: z.union([size, z.tuple([size, size, size])], {
      error: "Wanted one or three whole numbers of 1 or more",
    }).default(15).transform((p): [number, number, number] =>
      typeof p === "number" ? [p, p, p] : p
    ),
    num_iterations: z.int().min(0).default(100),
  }),
  params: z.object({
    patch_size: z.tuple([size, size, size]),
    locations: z.array(z.tuple([origin, origin])),
  }),
  severities: [{ num_iterations: 1 }, { num_iterations: 2 }, { num_iterations: 4 }, {
    num_iterations: 9,
  }, { num_iterations: 20 }],
  sample({ patch_size, num_iterations }, draws, { shape }) {
    const patch = patch_size.map((p, axis) => Math.min(p, shape[axis]!)) as [
      number,
      number,
      number,
    ];
    if (num_iterations > 0 && patch.every((p, axis) => p === shape[axis])) {
      throw new RangeError(
        `Cannot sample torchio/swap: patch_size ${patch_size} covers the whole volume of ` +
          `${shape.join(" x ")} voxels, so that there is nothing to swap with`,
      );
    }
    const draw = () =>
      patch.map((p, axis) => {
        const free = shape[axis]! - p;
        return free === 0 ? 0 : draws.integer(0, free - 1);
      }) as [number, number, number];
    // where one origin is all there is, no second one could differ from it
    const single = patch.every((p, axis) => shape[axis]! - p <= 1);
    const locations = Array.from({ length: single ? 0 : num_iterations }, () => {
      const first = draw();
      let second = draw();
      while (second.join() === first.join()) second = draw();
      return [first, second] as [typeof first, typeof second];
    });
    return { patch_size: patch, locations };
  },
  apply(volume, { patch_size, locations }) {
    const { shape: [ni, nj], shape } = volume, data = volume.data.slice();
    for (const pair of locations) {
      for (const at of pair) {
        if (at.every((a, axis) => a + patch_size[axis]! <= shape[axis]!)) continue;
        throw new RangeError(
          `Cannot apply torchio/swap: a patch of ${patch_size} voxels at ${at} leaves the volume ` +
            `of ${shape.join(" x ")}`,
        );
      }
      const [a, b] = pair.map(([i, j, k]) => i + ni * (j + nj * k));
      const second = copyPatch(data, b!, patch_size, shape);
      pastePatch(copyPatch(data, a!, patch_size, shape), data, b!, patch_size, shape);
      pastePatch(second, data, a!, patch_size, shape);
    }
    return { ...volume, data };
  },
});

type Triple = readonly [number, number, number];

function copyPatch(data: Float32Array, start: number, [pi, pj, pk]: Triple, [ni, nj]: Triple) {
  const patch = new Float32Array(pi * pj * pk);
  for (let k = 0, o = 0; k < pk; k++) {
    for (let j = 0; j < pj; j++) {
      const row = start + ni * (j + nj * k);
      for (let i = 0; i < pi; i++, o++) patch[o] = data[row + i]!;
    }
  }
  return patch;
}

function pastePatch(
  patch: Float32Array,
  data: Float32Array,
  start: number,
  [pi, pj, pk]: Triple,
  [ni, nj]: Triple,
): void {
  for (let k = 0, o = 0; k < pk; k++) {
    for (let j = 0; j < pj; j++) {
      const row = start + ni * (j + nj * k);
      for (let i = 0; i < pi; i++, o++) data[row + i] = patch[o]!;
    }
  }
}
