/** What training volumes are like, from which sizes, spacings and windows follow. */
import { z } from "../../../base/deps/zod.ts";
import { IGNORED } from "../../../base/task/task.ts";
import { percentile } from "../../../base/volume/normalise.ts";
import { quantile } from "../../../base/stats/descriptives.ts";
import {
  directionOf,
  sliceAxisOf,
  stackAlong,
  stackedGrid,
} from "../../../base/volume/slice_axis.ts";
import { canonicalInPlane, orient } from "../../../base/volume/orientation.ts";
import { spacingOf } from "../../../base/volume/volume.ts";
import type { CaseSource, LoadedCase } from "../cases/case_source.ts";
import type { CtWindow } from "./intensity.ts";
import type { Preparation } from "./prepare_case.ts";

const extentSchema = z.strictObject({ height: z.number(), width: z.number() });

/** The schema of a {@linkcode Fingerprint} as JSON. */
export const fingerprintSchema = z.strictObject({
  cases: z.number(),
  slices: z.number(),
  spacing: z.strictObject({ median: z.number(), least: z.number(), greatest: z.number() }),
  direction: z.enum(["R", "A", "S"]),
  slice: extentSchema,
  foreground: extentSchema,
  windows: z.array(z.strictObject({
    low: z.number(),
    high: z.number(),
    mean: z.number(),
    deviation: z.number(),
  })),
});

/** Sizes in mm, spacings and intensities of training volumes. */
export interface Fingerprint {
  /** Training volumes that were looked at. */
  readonly cases: number;
  /** Their slices, all together. */
  readonly slices: number;
  /** Median spacing in mm within slices, and the least and the greatest. */
  readonly spacing: {
    median: number;
    least: number;
    greatest: number;
  };
  /** The patient's axis that most volumes are stacked along. */
  readonly direction: "R" | "A" | "S";
  /** 95th percentile of the slices' sides in mm. */
  readonly slice: {
    height: number;
    width: number;
  };
  /** The same of the boxes around their foreground; zeros where there is none. */
  readonly foreground: {
    height: number;
    width: number;
  };
  /** Of the foreground voxels, a channel each; empty where there are none. */
  readonly windows: {
    low: number;
    high: number;
    mean: number;
    deviation: number;
  }[];
}

/** Volumes that are looked at: more tell nothing new, and each is read. */
const MOST_CASES = 200;

/** Foreground voxels of a volume that are taken for windows. */
const MOST_VOXELS = 10_000;

/** How slices lie in training volumes. */
export type FingerprintOptions = Partial<Pick<Preparation, "sliceAxis" | "sliceDirection">>;

/** The version of what is measured: raised whenever a fingerprint comes out otherwise. */
export const FINGERPRINT_VERSION = 1;

/** The cases that are looked at: some, evenly from first to last, where there are more than 200. */
export function fingerprintCases(cases: readonly CaseSource[]): CaseSource[] {
  const step = Math.max(1, cases.length / MOST_CASES);
  return Array.from(
    { length: Math.min(cases.length, MOST_CASES) },
    (_, n) => cases[Math.floor(n * step)]!,
  );
}

/**
 * Reads training volumes, those of {@linkcode fingerprintCases}, and measures them.
 *
 * @param how Which axis is the slices'; layouts' own turns are followed.
 * @throws {RangeError} If there is no case.
 * @throws {DatasetError | NiftiError} As a case's `load`.
 */
export async function takeFingerprint(
  cases: readonly CaseSource[],
  { sliceAxis = "auto", sliceDirection }: FingerprintOptions = {},
): Promise<Fingerprint> {
  if (cases.length === 0) throw new RangeError("Cannot take a fingerprint: there is no case");
  const chosen = fingerprintCases(cases);
  const spacings: number[] = [], directions: string[] = [];
  const slices: Extent[] = [], boxes: Extent[] = [];
  const voxels: number[][] = [];
  for (const source of chosen) {
    const loaded = await source.load();
    const { affine, shape } = loaded.images[0].volume;
    const axis = sliceAxisOf(affine, sliceAxis, sliceDirection);
    directions.push(directionOf(affine, axis));
    const stacked = stackedGrid({ affine, shape }, axis);
    const orientation = axis === 2 && source.orientation || canonicalInPlane(stacked.affine);
    const [si, sj] = spacingOf(stacked.affine);
    spacings.push(si, sj);
    const [width, height] = orientation.transpose ? [sj, si] : [si, sj];
    const turned = loaded.label && orient(stackAlong(loaded.label, axis), orientation);
    const [ni, nj] = turned?.shape ??
      (orientation.transpose ? [stacked.shape[1], stacked.shape[0]] : stacked.shape);
    for (let k = 0; k < stacked.shape[2]; k++) {
      slices.push({ width: ni * width, height: nj * height });
      const box = turned && boxOf(turned.data, ni, nj, k);
      if (box) boxes.push({ width: box.width * width, height: box.height * height });
    }
    gatherForeground(loaded, voxels);
  }
  return {
    cases: chosen.length,
    slices: slices.length,
    spacing: {
      median: quantile(spacings, 0.5),
      least: Math.min(...spacings),
      greatest: Math.max(...spacings),
    },
    direction: mostCommon(directions) as Fingerprint["direction"],
    slice: extentOf(slices),
    foreground: boxes.length === 0 ? { height: 0, width: 0 } : extentOf(boxes),
    windows: voxels.map(windowOf),
  };
}

interface Extent {
  readonly width: number;
  readonly height: number;
}

/** 95 % of the extents are no larger. */
function extentOf(extents: readonly Extent[]): Extent {
  return {
    height: quantile(extents.map(({ height }) => height), 0.95),
    width: quantile(extents.map(({ width }) => width), 0.95),
  };
}

/** The size in pixels of the box around a slice's foreground. */
function boxOf(classes: Uint8Array, ni: number, nj: number, k: number): Extent | undefined {
  let [x0, x1, y0, y1] = [ni, -1, nj, -1];
  for (let j = 0, n = k * ni * nj; j < nj; j++) {
    for (let i = 0; i < ni; i++, n++) {
      if (classes[n] === 0 || classes[n] === IGNORED) continue;
      [x0, x1] = [Math.min(x0, i), Math.max(x1, i)];
      [y0, y1] = [Math.min(y0, j), j];
    }
  }
  return x1 < 0 ? undefined : { width: x1 - x0 + 1, height: y1 - y0 + 1 };
}

/** Adds some foreground voxels of each channel, evenly over the volume. */
function gatherForeground({ images, label }: LoadedCase, voxels: number[][]): void {
  if (!label) return;
  const places: number[] = [];
  label.data.forEach((value, n) => {
    if (value !== 0 && value !== IGNORED) places.push(n);
  });
  const step = Math.max(1, places.length / MOST_VOXELS);
  images.forEach(({ volume }, channel) => {
    const own = voxels[channel] ??= [];
    for (let n = 0; n < places.length; n += step) {
      own.push(volume.data[places[Math.floor(n)]!]!);
    }
  });
}

function windowOf(values: readonly number[]): CtWindow {
  const sample = Float64Array.from(values);
  const mean = sample.reduce((sum, value) => sum + value, 0) / sample.length;
  const variance = sample.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sample.length;
  return {
    low: percentile(sample, 0.5),
    high: percentile(sample, 99.5),
    mean,
    deviation: Math.max(Math.sqrt(variance), 1e-8),
  };
}

function mostCommon(names: readonly string[]): string {
  const count = (name: string) => names.filter((other) => other === name).length;
  return names.reduce((best, name) => count(name) > count(best) ? name : best);
}
