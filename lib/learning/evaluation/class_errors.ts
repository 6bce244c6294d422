/** How far predictions are off beside their Dice, by label: of one volume, and of a set. */
import type {
  ClassErrors,
  ClassLesions,
  ClassNumbers,
  EmptyRule,
  SetErrors,
} from "../../formats/run_folder/evaluation.ts";
import { assd } from "../../imaging/metrics/assd.ts";
import type { EmptyMaskPolicy } from "../../imaging/metrics/dice.ts";
import { hausdorff95 } from "../../imaging/metrics/hausdorff.ts";
import { lesionDetection } from "../../imaging/metrics/lesion_detection.ts";
import { surfaceDice } from "../../imaging/metrics/surface_dice.ts";
import { type MaskGrid, surfaceDistances } from "../../imaging/metrics/surface_distances.ts";
import { volumeError } from "../../imaging/metrics/volume_error.ts";
import { meanOfKnown } from "./mean_of_known.ts";
import { classOf, maskOf, type ScoredLabel } from "./scored_labels.ts";

/** What is measured, and what a label counts that neither mask holds. */
export interface ErrorOptions {
  readonly empty: EmptyRule;
  /** Tolerances of the surface Dice in mm. */
  readonly surfaceTolerances?: readonly number[];
  /** Names of labels whose components are counted as lesions. */
  readonly lesions?: readonly string[];
}

/** By the rule, what scores give whose best is 1. */
const EMPTY_SCORE: Readonly<Record<EmptyRule, EmptyMaskPolicy>> = {
  ...{ skip: "exclude", one: "one", zero: "zero" } as const,
};

/** The errors of one volume; both masks lie on the grid. */
export function classErrors(
  predicted: Uint8Array,
  truth: Uint8Array,
  grid: MaskGrid,
  labels: readonly ScoredLabel[],
  { empty, surfaceTolerances = [], lesions = [] }: ErrorOptions,
): ClassErrors {
  const compared = labels.map((label) =>
    [maskOf(predicted, label), maskOf(truth, label), classOf(label)] as const
  );
  const distances = compared.map((masks) => surfaceDistances(...masks, grid));
  const volumes = compared.map((masks) => volumeError(...masks, grid.voxelVolume));
  const isCounted = (n: number) =>
    empty === "one" || volumes[n]!.predicted > 0 || volumes[n]!.reference > 0;
  const errorOf = (valueOf: (n: number) => number | null) =>
    numbersOf(labels, (n) => isCounted(n) ? valueOf(n) : null);
  const counted = labels.flatMap(({ name }, n) =>
    lesions.includes(name)
      ? [[name, lesionDetection(...compared[n]!, grid.shape, EMPTY_SCORE[empty])] as const]
      : []
  );
  return {
    hd95Mm: errorOf((n) => hausdorff95(distances[n]!)),
    assdMm: errorOf((n) => assd(distances[n]!)),
    volumeErrorMl: errorOf((n) => volumes[n]!.error),
    volumeErrorPercent: errorOf((n) => volumes[n]!.percent),
    ...surfaceTolerances.length > 0 && {
      surfaceDice: Object.fromEntries(
        surfaceTolerances.map((tolerance) => [
          String(tolerance),
          numbersOf(labels, (n) => surfaceDice(distances[n]!, tolerance, EMPTY_SCORE[empty])),
        ]),
      ),
    },
    ...counted.length > 0 && { lesions: Object.fromEntries(counted) },
  };
}

/** The errors with means over those labels alone that count in means. */
export function withMeansOver(errors: ClassErrors, labels: readonly ScoredLabel[]): ClassErrors {
  const over = ({ byLabel }: ClassNumbers) => numbersOf(labels, (n) => byLabel[labels[n]!.name]!);
  const { surfaceDice, lesions } = errors;
  return {
    hd95Mm: over(errors.hd95Mm),
    assdMm: over(errors.assdMm),
    volumeErrorMl: over(errors.volumeErrorMl),
    volumeErrorPercent: over(errors.volumeErrorPercent),
    ...surfaceDice && { surfaceDice: mapValues(surfaceDice, over) },
    ...lesions && { lesions },
  };
}

/** The errors of a volume, and the labels that neither of its masks holds. */
export interface VolumeErrors {
  readonly errors: ClassErrors;
  readonly absent: readonly string[];
}

/**
 * The means of the errors of volumes, at least one, all of the same labels.
 *
 * @param penalty Stands for a distance where just one mask has the class, in mm; null: left out.
 */
export function meanErrors(
  volumes: readonly VolumeErrors[],
  labels: readonly ScoredLabel[],
  penalty: number | null = null,
): SetErrors {
  const over = (
    numbers: (errors: ClassErrors) => ClassNumbers,
    map = (value: number) => value,
    missed: number | null = null,
  ): ClassNumbers =>
    numbersOf(labels, (n) => {
      const { name } = labels[n]!;
      return meanOfKnown(volumes.map(({ errors, absent }) => {
        const value = numbers(errors).byLabel[name]!;
        return value !== null ? map(value) : absent.includes(name) ? null : missed;
      }));
    });
  const { surfaceDice, lesions } = volumes[0]!.errors;
  return {
    hd95Mm: over((errors) => errors.hd95Mm, undefined, penalty),
    assdMm: over((errors) => errors.assdMm, undefined, penalty),
    volumeErrorMl: over((errors) => errors.volumeErrorMl),
    volumeErrorPercent: over((errors) => errors.volumeErrorPercent),
    ...surfaceDice && {
      surfaceDice: mapValues(
        surfaceDice,
        (_, tolerance) => over((errors) => errors.surfaceDice![tolerance]!),
      ),
    },
    ...lesions && {
      lesions: mapValues(
        lesions,
        (_, name) => sumLesions(volumes.map(({ errors }) => errors.lesions![name]!)),
      ),
    },
    absoluteVolumeErrorMl: over((errors) => errors.volumeErrorMl, Math.abs),
    absoluteVolumeErrorPercent: over((errors) => errors.volumeErrorPercent, Math.abs),
    measured: Object.fromEntries(
      labels.map(({ name }) => [
        name,
        volumes.filter(({ errors }) => errors.assdMm.byLabel[name] !== null).length,
      ]),
    ),
  };
}

/** The lesions of all volumes, and the mean of their F1 scores. */
function sumLesions(volumes: readonly ClassLesions[]): ClassLesions {
  const sum = (key: Exclude<keyof ClassLesions, "f1">) =>
    volumes.reduce((total, lesions) => total + lesions[key], 0);
  return {
    ...{ reference: sum("reference"), predicted: sum("predicted") },
    ...{ found: sum("found"), spurious: sum("spurious") },
    f1: meanOfKnown(volumes.map(({ f1 }) => f1)),
  };
}

function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T, key: string) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value, key)]));
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
