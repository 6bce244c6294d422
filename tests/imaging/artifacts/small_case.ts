/** A small heart-like volume with its label and another frame, for tests that need no real image. */
import type { RoleLabel } from "../../../lib/imaging/artifacts/needs.ts";
import { scalingAffine } from "../../../lib/base/volume/affine.ts";
import type { Volume } from "../../../lib/base/volume/volume.ts";

/** What the classes of a small case are. */
export const LABELS: readonly RoleLabel[] = [
  { name: "background" },
  { name: "cavity", role: "blood" },
  { name: "wall", role: "muscle" },
  { name: "vessel", role: "blood" },
];

/** A volume, what goes with it, and the context for `apply`. */
export interface SmallCase {
  readonly volume: Volume;
  readonly label: Volume<Uint8Array>;
  readonly context: {
    label: Volume<Uint8Array>;
    labels: readonly RoleLabel[];
    otherFrame: Volume;
  };
}

/** A body with a ring of muscle round a bright cavity; positive inside, small values outside. */
export function smallCase(shape: readonly [number, number, number] = [24, 20, 3]): SmallCase {
  const size = shape[0] * shape[1] * shape[2], affine = scalingAffine([1.5, 1.4, 8], [-20, 5, 3]);
  const paint = (cavity: number, wall: number) => {
    const data = new Float32Array(size), codes = new Uint8Array(size);
    for (let o = 0; o < size; o++) {
      const i = o % shape[0], j = Math.floor(o / shape[0]) % shape[1];
      const k = Math.floor(o / shape[0] / shape[1]);
      const x = (i - (shape[0] - 1) / 2) / shape[0], y = (j - (shape[1] - 1) / 2) / shape[1];
      const body = Math.hypot(x / 0.42, y / 0.46), heart = Math.hypot(x - 0.05, y);
      codes[o] = heart < cavity ? 1 : heart < wall ? 2 : heart < wall + 0.08 && x > 0.1 ? 3 : 0;
      const tissue = codes[o] === 1 || codes[o] === 3 ? 0.9 : codes[o] === 2 ? 0.3 : 0.5;
      data[o] = (body < 1 ? tissue + 0.05 * Math.sin(9 * x + 7 * y + k) : 0.02) + 0.001 * (o % 7);
    }
    return { data, codes };
  };
  const end = paint(0.16, 0.24), other = paint(0.08, 0.2);
  const label = { data: end.codes, shape, affine };
  return {
    volume: { data: end.data, shape, affine },
    label,
    context: { label, labels: LABELS, otherFrame: { data: other.data, shape, affine } },
  };
}
