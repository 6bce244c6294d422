/** How far predictions are off in mm and ml, by class: of one volume, and of a set. */
import { CLASS_NAMES } from "../../imaging/data/cases/label_codes.ts";
import { assd } from "../../imaging/metrics/assd.ts";
import { hausdorff95 } from "../../imaging/metrics/hausdorff.ts";
import { type MaskGrid, surfaceDistances } from "../../imaging/metrics/surface_distances.ts";
import { volumeError } from "../../imaging/metrics/volume_error.ts";

/**
 * A number by class name, and their `mean`. Null where there is none; means are over the classes, or
 * volumes, that have one.
 */
export type ClassNumbers = Record<string, number | null>;

/**
 * The errors of one volume, or their means over a set. A class in neither mask has none: 0. Where
 * just one mask holds a class, its distances are null.
 */
export interface ClassErrors {
  /** 95th percentile of the Hausdorff distance in mm; see `hausdorff95`. */
  readonly hd95Mm: ClassNumbers;
  /** Average symmetric surface distance in mm; see `assd`. */
  readonly assdMm: ClassNumbers;
  /** Predicted minus true volume in ml. */
  readonly volumeErrorMl: ClassNumbers;
  /** The same in percent of the true volume; null where that is 0 and the predicted one is not. */
  readonly volumeErrorPercent: ClassNumbers;
}

/** The means of the errors over the volumes of a set. */
export interface SetErrors extends ClassErrors {
  /** Mean of the absolute `volumeErrorMl`. */
  readonly absoluteVolumeErrorMl: ClassNumbers;
  /** Mean of the absolute `volumeErrorPercent`. */
  readonly absoluteVolumeErrorPercent: ClassNumbers;
  /** Number of volumes, by class name, that have distances; the others are not in their means. */
  readonly measured: Record<string, number>;
}

const CLASSES = CLASS_NAMES.slice(1);

/** The errors of one volume; both masks lie on the grid. */
export function classErrors(
  predicted: Uint8Array,
  truth: Uint8Array,
  grid: MaskGrid,
): ClassErrors {
  const distances = CLASSES.map((_, n) => surfaceDistances(predicted, truth, n + 1, grid));
  const volumes = CLASSES.map((_, n) => volumeError(predicted, truth, n + 1, grid.voxelVolume));
  return {
    hd95Mm: byClass((n) => hausdorff95(distances[n]!)),
    assdMm: byClass((n) => assd(distances[n]!)),
    volumeErrorMl: byClass((n) => volumes[n]!.error),
    volumeErrorPercent: byClass((n) => volumes[n]!.percent),
  };
}

/** The means of the errors of volumes, at least one. */
export function meanErrors(volumes: readonly ClassErrors[]): SetErrors {
  const over = (key: keyof ClassErrors, map = (value: number) => value): ClassNumbers =>
    byClass((n) => {
      const values = volumes.map((errors) => errors[key][CLASSES[n]!]!);
      return meanOf(values.map((value) => value === null ? null : map(value)));
    });
  return {
    hd95Mm: over("hd95Mm"),
    assdMm: over("assdMm"),
    volumeErrorMl: over("volumeErrorMl"),
    volumeErrorPercent: over("volumeErrorPercent"),
    absoluteVolumeErrorMl: over("volumeErrorMl", Math.abs),
    absoluteVolumeErrorPercent: over("volumeErrorPercent", Math.abs),
    measured: Object.fromEntries(
      CLASSES.map((name) => [name, volumes.filter(({ assdMm }) => assdMm[name] !== null).length]),
    ),
  };
}

/** What is not finite becomes null, which JSON would make of it anyway. */
function byClass(valueOf: (n: number) => number | null): ClassNumbers {
  const values = CLASSES.map((_, n) => valueOf(n)).map((value) =>
    value === null || !Number.isFinite(value) ? null : value
  );
  const entries = CLASSES.map((name, n) => [name, values[n]!] as const);
  return { ...Object.fromEntries(entries), mean: meanOf(values) };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
