/** How far predictions are off in mm and ml, by label: of one volume, and of a set. */
import { meanOf } from "../../base/stats/mean_of.ts";
import type { ClassErrors, ClassNumbers, SetErrors } from "../../formats/run_folder/evaluation.ts";
import { assd } from "../../imaging/metrics/assd.ts";
import { hausdorff95 } from "../../imaging/metrics/hausdorff.ts";
import { type MaskGrid, surfaceDistances } from "../../imaging/metrics/surface_distances.ts";
import { volumeError } from "../../imaging/metrics/volume_error.ts";
import { classOf, maskOf, type ScoredLabel } from "./scored_labels.ts";

/** The errors of one volume; both masks lie on the grid. */
export function classErrors(
  predicted: Uint8Array,
  truth: Uint8Array,
  grid: MaskGrid,
  labels: readonly ScoredLabel[],
): ClassErrors {
  const compared = labels.map((label) =>
    [maskOf(predicted, label), maskOf(truth, label), classOf(label)] as const
  );
  const distances = compared.map((masks) => surfaceDistances(...masks, grid));
  const volumes = compared.map((masks) => volumeError(...masks, grid.voxelVolume));
  return {
    hd95Mm: numbersOf(labels, (n) => hausdorff95(distances[n]!)),
    assdMm: numbersOf(labels, (n) => assd(distances[n]!)),
    volumeErrorMl: numbersOf(labels, (n) => volumes[n]!.error),
    volumeErrorPercent: numbersOf(labels, (n) => volumes[n]!.percent),
  };
}

/** The errors with means over those labels alone that count in means. */
export function withMeansOver(errors: ClassErrors, labels: readonly ScoredLabel[]): ClassErrors {
  const over = ({ byLabel }: ClassNumbers) => numbersOf(labels, (n) => byLabel[labels[n]!.name]!);
  return {
    hd95Mm: over(errors.hd95Mm),
    assdMm: over(errors.assdMm),
    volumeErrorMl: over(errors.volumeErrorMl),
    volumeErrorPercent: over(errors.volumeErrorPercent),
  };
}

/**
 * The means of the errors of volumes, at least one, all of the same labels.
 *
 * @param penalty Stands for a distance where just one mask has the class, in mm; null: left out.
 */
export function meanErrors(
  volumes: readonly ClassErrors[],
  labels: readonly ScoredLabel[],
  penalty: number | null = null,
): SetErrors {
  const over = (
    key: keyof ClassErrors,
    map = (value: number) => value,
    missed: number | null = null,
  ): ClassNumbers =>
    numbersOf(labels, (n) => {
      const values = volumes.map((errors) => errors[key].byLabel[labels[n]!.name]!);
      return meanOfKnown(values.map((value) => value === null ? missed : map(value)));
    });
  return {
    hd95Mm: over("hd95Mm", undefined, penalty),
    assdMm: over("assdMm", undefined, penalty),
    volumeErrorMl: over("volumeErrorMl"),
    volumeErrorPercent: over("volumeErrorPercent"),
    absoluteVolumeErrorMl: over("volumeErrorMl", Math.abs),
    absoluteVolumeErrorPercent: over("volumeErrorPercent", Math.abs),
    measured: Object.fromEntries(
      labels.map(({ name }) => [
        name,
        volumes.filter(({ assdMm }) => assdMm.byLabel[name] !== null).length,
      ]),
    ),
  };
}

/** What is not finite becomes null, which JSON would make of it anyway. */
function numbersOf(
  labels: readonly ScoredLabel[],
  valueOf: (n: number) => number | null,
): ClassNumbers {
  const values = labels.map((_, n) => valueOf(n)).map((value) =>
    value === null || !Number.isFinite(value) ? null : value
  );
  const entries = labels.map(({ name }, n) => [name, values[n]!] as const);
  const counted = values.filter((_, n) => labels[n]!.inMean);
  return { byLabel: Object.fromEntries(entries), mean: meanOfKnown(counted) };
}

function meanOfKnown(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : meanOf(known);
}
