/** How far predictions are off in mm and ml, by class: of one volume, and of a set. */
import { meanOf } from "../../base/stats/mean_of.ts";
import { CLASS_NAMES } from "../../imaging/data/cases/label_codes.ts";
import type { ClassErrors, ClassNumbers, SetErrors } from "../../formats/run_folder/evaluation.ts";
import { assd } from "../../imaging/metrics/assd.ts";
import { hausdorff95 } from "../../imaging/metrics/hausdorff.ts";
import { type MaskGrid, surfaceDistances } from "../../imaging/metrics/surface_distances.ts";
import { volumeError } from "../../imaging/metrics/volume_error.ts";

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
      return meanOfKnown(values.map((value) => value === null ? null : map(value)));
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
  return { ...Object.fromEntries(entries), mean: meanOfKnown(values) };
}

function meanOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : meanOf(known);
}
