/** How intensities are brought to [0, 1], which networks read. */
import { clipStored } from "../../../base/volume/clip_stored.ts";
import { clipToPercentiles, minMax } from "../../../base/volume/normalise.ts";
import type { Voxels } from "../../../base/volume/volume.ts";
import { z } from "../../../base/deps/zod.ts";

const ctWindowSchema = z.strictObject({
  low: z.number(),
  high: z.number(),
  mean: z.number(),
  deviation: z.number().positive(),
});

/** What nnU-Net's CTNormalization keeps of a channel. */
export interface CtWindow {
  /** The 0.5 percentile of the training set's foreground voxels: what is clipped to. */
  readonly low: number;
  /** Their 99.5 percentile: what is clipped to. */
  readonly high: number;
  /** Mean of the same voxels. */
  readonly mean: number;
  /** Standard deviation of the same voxels, above 0. */
  readonly deviation: number;
}

/** The schema of an {@linkcode Intensity} as JSON. */
export const intensitySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("slice") }),
  z.strictObject({ kind: z.literal("volume") }),
  z.strictObject({ kind: z.literal("ct"), windows: z.array(ctWindowSchema).min(1) }),
]);

/**
 * Where the range of intensities comes from.
 *
 * - `slice`: the volume is clipped to its 2nd and 98th percentile, and each slice scaled to [0, 1] by
 *   itself (Chen et al. 2021): for MR, whose intensities mean nothing between scans.
 * - `volume`: the same without scaling slices: where a slice may hold little but air.
 * - `ct`: windows that are the same for all images, a channel each (nnU-Net's CTNormalization, then
 *   scaled so that the window is [0, 1]; mean and deviation are kept so that its z-scores can be had).
 */
export type Intensity = {
  readonly kind: "slice";
} | {
  readonly kind: "volume";
} | {
  readonly kind: "ct";
  readonly windows: CtWindow[];
};

/** Whether each slice is scaled by itself. */
export function scalesSlices({ kind }: Intensity): boolean {
  return kind === "slice";
}

/** Voxels in [0, 1], and what was odd about them. */
export interface ScaledVoxels {
  readonly data: Float32Array;
  /** In words, where nearly all voxels have one value. */
  readonly warning?: string;
}

/**
 * Scales a channel of a volume to [0, 1].
 *
 * @param clip Percentiles, 0 to 100, for `slice` and `volume`. Where both have the same value, as in a
 * volume of which 98 % is air, they are taken of the voxels that differ from it, and that is told.
 * @throws {RangeError} If there is no voxel, a percentile is out of range, or no window for `channel`.
 */
export function scaleIntensity(
  voxels: Voxels,
  intensity: Intensity,
  channel: number,
  clip: readonly [number, number],
): ScaledVoxels {
  if (intensity.kind === "ct") {
    const window = intensity.windows[channel];
    if (window === undefined) {
      throw new RangeError(
        `Cannot scale channel ${channel}: there are ${intensity.windows.length}`,
      );
    }
    return { data: throughWindow(voxels, window) };
  }
  const data = clipStored(voxels, ...clip);
  if (data.some((value) => value !== 0) || !varies(voxels)) return { data };
  return {
    data: amongOthers(voxels, clip),
    warning: `percentiles ${clip[0]} and ${clip[1]} of its voxels are equal; it is scaled by the ` +
      "voxels of other values",
  };
}

function throughWindow(voxels: Voxels, { low, high }: CtWindow): Float32Array {
  const range = high - low;
  return Float32Array.from(
    voxels,
    (value) => range > 0 ? (Math.min(high, Math.max(low, value)) - low) / range : 0,
  );
}

function varies(voxels: Voxels): boolean {
  return voxels.some((value: number) => value !== voxels[0]);
}

/** Scaled by the voxels that do not have the value that nearly all have, which becomes 0. */
function amongOthers(voxels: Voxels, clip: readonly [number, number]): Float32Array {
  const common = Float64Array.from(voxels).sort()[voxels.length >> 1]!;
  const others = Float64Array.from(voxels).filter((value) => value !== common);
  const scaled = others.length > 1 ? clipToPercentiles(others, ...clip) : minMax(others);
  const result = new Float32Array(voxels.length);
  for (let n = 0, next = 0; n < voxels.length; n++) {
    if (voxels[n] !== common) result[n] = scaled[next++]!;
  }
  return result;
}
