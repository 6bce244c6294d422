/** A field of view smaller than the body. */
import { z } from "../../../base/deps/zod.ts";
import { applyAffine } from "../../../base/volume/affine.ts";
import type { Affine, Volume, Voxels } from "../../../base/volume/volume.ts";
import { defineArtifact } from "../artifact.ts";
import { drawPlaneAxis, type PlaneAxis, planeAxis, planeAxisOption } from "./slices.ts";

const fraction = z.number().min(0.34).max(1);
const grid = z.enum(["padded", "reduced"]).default("padded");
const params = z.object({ phaseEncodeAxis: planeAxis, fraction, grid });
type WrapParams = z.output<typeof params>;

/** What lies outside the field of view, folded in. */
export const wrapAround = defineArtifact({
  name: "wrap-around",
  mode: "physical",
  nonNegative: true,
  doc: {
    summary: "The body's far side folded over the near one at both ends of the phase-encoding " +
      "axis: the field of view is smaller than the body.",
    sampling: "Nothing but the phase-encoded axis is drawn, unless given.",
    model: "g(y) = sum over m of f(y + m q N) within the middle q N voxels. `grid`: padded keeps " +
      "the matrix, zero (and background) outside the reduced field; reduced gives the smaller " +
      "matrix with the affine moved.",
    reference: "Pusey et al., RadioGraphics 6 (1986) 891",
  },
  options: z.object({ fraction: fraction.default(0.7), grid, phaseEncodeAxis: planeAxisOption }),
  params,
  severities: [{ fraction: 0.95 }, { fraction: 0.88 }, { fraction: 0.8 }, { fraction: 0.7 }, {
    fraction: 0.6,
  }],
  sample({ fraction, grid, phaseEncodeAxis }, draws) {
    return { phaseEncodeAxis: drawPlaneAxis(phaseEncodeAxis, draws), fraction, grid };
  },
  apply(volume, given) {
    const { start, kept } = fieldOf(volume.shape, given), n = volume.shape[given.phaseEncodeAxis];
    return reframed(volume, given, (line, add) => {
      const within = line - start;
      for (let from = ((within % kept) + kept + start) % kept; from < n; from += kept) add(from);
    });
  },
  applyToLabel<T extends Voxels>(label: Volume<T>, given: WrapParams): Volume<T> {
    return reframed(label, given, (line, add) => add(line));
  },
});

function fieldOf(shape: readonly number[], { phaseEncodeAxis, fraction }: WrapParams) {
  const n = shape[phaseEncodeAxis]!, kept = Math.max(1, Math.round(fraction * n));
  return { start: Math.floor((n - kept) / 2), kept };
}

/** Lines of the reduced field, each the sum of the lines that `sources` names. */
function reframed<T extends Voxels>(
  volume: Volume<T>,
  params: WrapParams,
  sources: (line: number, add: (from: number) => void) => void,
): Volume<T> {
  const { start, kept } = fieldOf(volume.shape, params), axis = params.phaseEncodeAxis;
  const shape: [number, number, number] = [...volume.shape];
  if (params.grid === "reduced") shape[axis] = kept;
  const data = volume.data.slice(0, shape[0] * shape[1] * shape[2]) as T;
  data.fill(0);
  const offset = params.grid === "reduced" ? start : 0;
  const place = (s: readonly number[], line: number, x: number, k: number) =>
    axis === 1 ? x + s[0]! * (line + s[1]! * k) : line + s[0]! * (x + s[1]! * k);
  for (let k = 0; k < shape[2]; k++) {
    for (let line = start; line < start + kept; line++) {
      sources(line, (from) => {
        for (let x = 0; x < shape[1 - axis]!; x++) {
          data[place(shape, line - offset, x, k)]! += volume.data[place(volume.shape, from, x, k)]!;
        }
      });
    }
  }
  return { data, shape, affine: movedOrigin(volume.affine, axis, offset) };
}

function movedOrigin(affine: Affine, axis: PlaneAxis, voxels: number): Affine {
  const [x, y, z] = applyAffine(affine, axis === 0 ? [voxels, 0, 0] : [0, voxels, 0]);
  return [
    ...affine.slice(0, 3),
    x,
    ...affine.slice(4, 7),
    y,
    ...affine.slice(8, 11),
    z,
    ...affine.slice(12),
  ];
}
