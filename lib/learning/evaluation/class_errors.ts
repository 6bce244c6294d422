/** How far predictions are off in mm and ml, by label: of one volume, and of a set. */
import type { ClassErrors, ClassNumbers, SetErrors } from "../../formats/run_folder/evaluation.ts";
import { assd } from "../../imaging/metrics/assd.ts";
import { hausdorff95 } from "../../imaging/metrics/hausdorff.ts";
import { type MaskGrid, surfaceDistances } from "../../imaging/metrics/surface_distances.ts";
import { volumeError } from "../../imaging/metrics/volume_error.ts";
import type { ScoredLabel } from "./scored_labels.ts";

/** The errors of one volume; both masks lie on the grid. */
export function classErrors(
  predicted: Uint8Array,
  truth: Uint8Array,
  grid: MaskGrid,
  labels: readonly ScoredLabel[],
): ClassErrors {
  const distances = labels.map(({ index }) => surfaceDistances(predicted, truth, index, grid));
  const volumes = labels.map(({ index }) => volumeError(predicted, truth, index, grid.voxelVolume));
  const names = labels.map(({ name }) => name);
  return {
    hd95Mm: byLabel(names, (n) => hausdorff95(distances[n]!)),
    assdMm: byLabel(names, (n) => assd(distances[n]!)),
    volumeErrorMl: byLabel(names, (n) => volumes[n]!.error),
    volumeErrorPercent: byLabel(names, (n) => volumes[n]!.percent),
  };
}

/** The errors with means over the other labels. */
export function errorsWithout(errors: ClassErrors, left: readonly string[]): ClassErrors {
  const without = ({ byLabel }: ClassNumbers) => ({ byLabel, mean: meanWithout(byLabel, left) });
  return {
    hd95Mm: without(errors.hd95Mm),
    assdMm: without(errors.assdMm),
    volumeErrorMl: without(errors.volumeErrorMl),
    volumeErrorPercent: without(errors.volumeErrorPercent),
  };
}

/**
 * The means of the errors of volumes, at least one, all of the same labels.
 *
 * @param penalty Stands for a distance where just one mask has the class, in mm; null: left out.
 * @param left Labels that are not in the means over labels.
 */
export function meanErrors(
  volumes: readonly ClassErrors[],
  penalty: number | null = null,
  left: readonly string[] = [],
): SetErrors {
  const names = Object.keys(volumes[0]!.assdMm.byLabel);
  const over = (
    key: keyof ClassErrors,
    map = (value: number) => value,
    missed: number | null = null,
  ): ClassNumbers => {
    const { byLabel: numbers } = byLabel(names, (n) => {
      const values = volumes.map((errors) => errors[key].byLabel[names[n]!]!);
      return meanOf(values.map((value) => value === null ? missed : map(value)));
    });
    return { byLabel: numbers, mean: meanWithout(numbers, left) };
  };
  return {
    hd95Mm: over("hd95Mm", undefined, penalty),
    assdMm: over("assdMm", undefined, penalty),
    volumeErrorMl: over("volumeErrorMl"),
    volumeErrorPercent: over("volumeErrorPercent"),
    absoluteVolumeErrorMl: over("volumeErrorMl", Math.abs),
    absoluteVolumeErrorPercent: over("volumeErrorPercent", Math.abs),
    measured: Object.fromEntries(
      names.map((
        name,
      ) => [name, volumes.filter(({ assdMm }) => assdMm.byLabel[name] !== null).length]),
    ),
  };
}

/** What is not finite becomes null, which JSON would make of it anyway. */
function byLabel(names: readonly string[], valueOf: (n: number) => number | null): ClassNumbers {
  const values = names.map((_, n) => valueOf(n)).map((value) =>
    value === null || !Number.isFinite(value) ? null : value
  );
  const entries = names.map((name, n) => [name, values[n]!] as const);
  return { byLabel: Object.fromEntries(entries), mean: meanOf(values) };
}

function meanWithout(
  numbers: ClassNumbers["byLabel"],
  left: readonly string[],
): number | null {
  return meanOf(
    Object.keys(numbers).filter((name) => !left.includes(name)).map((n) => numbers[n]!),
  );
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
