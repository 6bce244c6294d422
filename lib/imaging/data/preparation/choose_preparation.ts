/** From settings, some of them `auto`, to how a run prepares its cases. */
import { DatasetError } from "../cases/dataset_error.ts";
import type { Fingerprint } from "./fingerprint.ts";
import type { Intensity } from "./intensity.ts";
import type { Preparation } from "./prepare_case.ts";
import { type SliceSize, STRIDE } from "../../../base/volume/slice_size.ts";

/** What is asked for. */
export interface PreparationSettings extends Pick<Preparation, "sliceAxis" | "larger"> {
  readonly size: "auto" | SliceSize;
  /** In-plane spacing in mm. */
  readonly spacing: "auto" | number;
  readonly intensity: Intensity["kind"];
}

/** Slices of so many pixels at the most are seen whole. */
const WHOLE = 128 * 128;

/** The longest side that `auto` chooses: the memory of a batch grows with its square. */
const LONGEST = 256;

/** The foreground's surroundings, which tell where it ends, as a share of its size. */
const MARGIN = 0.25;

/** Whether the settings can be told only from the training volumes. */
export function needsFingerprint({ size, spacing, intensity }: PreparationSettings): boolean {
  return size === "auto" || spacing === "auto" || intensity === "ct";
}

/**
 * The preparation for training volumes of this fingerprint.
 *
 * - `spacing: auto`: their median in-plane spacing.
 * - `size: auto`: the whole slice (its 95th percentile) where that is at most 128 x 128 pixels, else
 *   what holds the foreground of 95 % of slices with a quarter around it; up to the next multiple of
 *   16, at most 256.
 * - `intensity: ct`: their windows.
 *
 * @throws {DatasetError} If there is no foreground from which windows could be taken.
 */
export function choosePreparation(
  settings: PreparationSettings,
  fingerprint: Fingerprint,
): Preparation {
  const spacing = settings.spacing === "auto"
    ? rounded(fingerprint.spacing.median)
    : settings.spacing;
  return {
    size: settings.size === "auto" ? sizeFor(fingerprint, spacing) : settings.size,
    spacing,
    sliceAxis: settings.sliceAxis,
    sliceDirection: fingerprint.direction,
    intensity: intensityFor(settings.intensity, fingerprint),
    larger: settings.larger,
    clip: [2, 98],
  };
}

function sizeFor({ slice, foreground }: Fingerprint, spacing: number): SliceSize {
  const pixels = (mm: number) => Math.ceil(mm / spacing - 1e-6);
  const side = (count: number) =>
    Math.min(LONGEST, Math.max(STRIDE, STRIDE * Math.ceil(count / STRIDE)));
  const whole = { height: pixels(slice.height), width: pixels(slice.width) };
  if (whole.height * whole.width <= WHOLE || foreground.width === 0) {
    return { height: side(whole.height), width: side(whole.width) };
  }
  const around = (mm: number, most: number) =>
    side(Math.min(most, Math.ceil(pixels(mm) * (1 + MARGIN))));
  return {
    height: around(foreground.height, whole.height),
    width: around(foreground.width, whole.width),
  };
}

function intensityFor(kind: Intensity["kind"], { windows }: Fingerprint): Intensity {
  if (kind !== "ct") return { kind };
  if (windows.length === 0) {
    throw new DatasetError(
      "Cannot use data.intensity=ct: no training volume has foreground to take windows from",
    );
  }
  return { kind, windows: [...windows] };
}

/** Spacings are told with 5 significant digits. */
function rounded(mm: number): number {
  return Number(mm.toPrecision(5));
}
