/** A contact sheet of cases: a row a case, with outlines of its labels. */
import type { TaskLabel } from "../../base/task/task.ts";
import { blankPanel, centredPanel } from "../../base/report/centred_panel.ts";
import { type SlicePicture, slicePicture, windowOf } from "../../base/report/slice_picture.ts";
import { withoutIgnored } from "../../base/report/without_ignored.ts";
import { sliceSheet } from "../../base/report/slice_sheet.ts";
import { svgPng } from "../../base/report/svg_png.ts";
import { sliceAxisOf, stackAlong } from "../../base/volume/slice_axis.ts";
import type { Volume, Voxels } from "../../base/volume/volume.ts";
import type { FileCase } from "../../imaging/data/cases/case_source.ts";
import type { ExaminedCase } from "./inspect_case.ts";

/** Rows at the most. */
export const MOST_ROWS = 12;

/** Places in the stack of slices, or in that part of it that has labels. */
const PLACES = [0.25, 0.5, 0.75] as const;

/** A row of the sheet. */
export interface CaseRow {
  readonly caption: string;
  readonly pictures: readonly SlicePicture[];
}

/** Three slices of the first channel, upright; undefined where it could not be read. */
export function caseRow(
  { image, label, found }: Pick<ExaminedCase, "image" | "label" | "found">,
  orientation?: FileCase["orientation"],
): CaseRow | undefined {
  if (image === undefined) return undefined;
  const axis = sliceAxisOf(image.affine);
  const stacked: Volume<Voxels> = stackAlong(image, axis);
  const classes = label && stackAlong(withoutIgnored(label), axis);
  const shown = labelledSlices(classes) ??
    Array.from({ length: stacked.shape[2] }, (_, k) => k);
  const slices = PLACES.map((place) => shown[Math.floor(place * (shown.length - 1) + 0.5)]!);
  const window = windowOf(image), turn = axis === 2 ? orientation : undefined;
  return {
    caption: `${found.id}, slices ${slices.map((k) => k + 1).join(", ")}`,
    pictures: slices.map((k) => slicePicture(stacked, classes, k, window, turn)),
  };
}

/** Draws rows as a PNG. */
export async function caseSheet(
  title: string,
  rows: readonly CaseRow[],
  labels: readonly TaskLabel[],
): Promise<Uint8Array> {
  const sides = rows.flatMap(({ pictures }) => pictures.flatMap((one) => [one.width, one.height]));
  const size = Math.max(16, ...sides);
  return await svgPng(sliceSheet({
    title,
    height: size,
    width: size,
    columns: ["a quarter through", "the middle", "three quarters through"],
    rows: rows.map(({ caption, pictures }) => ({
      caption,
      panels: PLACES.map((_, n) => {
        const picture = pictures[n];
        return picture === undefined ? blankPanel(size) : centredPanel(picture, size);
      }),
    })),
    classes: labels.slice(1),
  }));
}

/** The slices that have a label, or undefined where none has. */
function labelledSlices(label: Volume<Uint8Array> | undefined): number[] | undefined {
  if (label === undefined) return undefined;
  const pixels = label.shape[0] * label.shape[1];
  const found = Array.from({ length: label.shape[2] }, (_, k) => k)
    .filter((k) => label.data.subarray(k * pixels, (k + 1) * pixels).some((value) => value > 0));
  return found.length > 0 ? found : undefined;
}
