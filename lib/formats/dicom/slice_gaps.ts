import { sliceHeights } from "./slice_heights.ts";
import type { DicomHeader } from "./dicom_header.ts";

/** Gaps further than this share from the usual one are uneven. */
const UNEVEN = 0.05;

/**
 * What is uneven about the places of a series' slices, in words; undefined where nothing is, or where
 * places are not known. A NIfTI has one distance between slices: behind a gap, places are wrong.
 */
export function sliceGaps(
  files: readonly Pick<DicomHeader, "orientation" | "position">[],
): string | undefined {
  const heights = sliceHeights(files);
  if (heights === undefined) return undefined;
  const places = [...new Set(heights.map((mm) => Math.round(mm * 1000) / 1000))]
    .sort((a, b) => a - b);
  const gaps = places.slice(1).map((mm, n) => mm - places[n]!);
  if (gaps.length < 2) return undefined;
  // the lower median: of two gaps, the wide one is odd
  const usual = gaps.toSorted((a, b) => a - b)[(gaps.length - 1) >> 1]!;
  const wide = gaps.filter((gap) => gap > usual * (1 + UNEVEN));
  const narrow = gaps.filter((gap) => gap < usual * (1 - UNEVEN));
  if (wide.length + narrow.length === 0) return undefined;
  const mm = (gap: number) => `${Number(gap.toFixed(2))} mm`;
  const missing = wide.reduce((sum, gap) => sum + Math.round(gap / usual) - 1, 0);
  return `its slices are ${mm(Math.min(...gaps))} to ${mm(Math.max(...gaps))} apart, most ${
    mm(usual)
  }; a NIfTI places them evenly` +
    (missing > 0 && narrow.length === 0
      ? `: ${missing} ${missing === 1 ? "slice seems" : "slices seem"} to be missing`
      : "");
}

/**
 * That some places hold more slices than others, in words; undefined where none does, or where places
 * are not known.
 */
export function crowdedPlaces(
  files: readonly Pick<DicomHeader, "orientation" | "position">[],
): string | undefined {
  const counts = [...Map.groupBy(sliceHeights(files) ?? [], (mm) => Math.round(mm * 1000)).values()]
    .map(({ length }) => length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (least === most || counts.length === 0) return undefined;
  return `its places hold ${least} to ${most} slices each`;
}
