import { withoutIgnored } from "../../base/report/without_ignored.ts";
import { centredPanel } from "../../base/report/centred_panel.ts";
import { slicePicture, windowOf } from "../../base/report/slice_picture.ts";
import { sliceSheet } from "../../base/report/slice_sheet.ts";
import { IGNORED } from "../../base/task/task.ts";
import { sliceAxisOf, stackAlong } from "../../base/volume/slice_axis.ts";
import type { Volume, Voxels } from "../../base/volume/volume.ts";
import { checkSameGrid } from "../../imaging/data/cases/same_grid.ts";
import { ShownPicture } from "./shown_picture.ts";

/** How a volume is shown. */
export interface ShowVolumeOptions {
  /**
   * Segmentations on the volume's grid, of classes up to 254, each a row of its own, by what they are called.
   */
  readonly outlines?: Readonly<Record<string, Volume<Voxels>>>;
  /** The classes from 1 on, as `task.labels.slice(1)` has them; numbers by default. */
  readonly classes?: readonly { readonly name: string; readonly colour?: string | undefined }[];
  /** Stands above; "Volume" by default. */
  readonly title?: string;
  /** Slices side by side, 1 to 12; 3 by default. */
  readonly slices?: number;
}

/**
 * Slices of a volume, upright, evenly from its middle half, with outlines of segmentations.
 *
 * @throws {RangeError} If `slices` is no whole number from 1 to 12, or a segmentation holds what is none
 * from 0 to 255.
 * @throws {DatasetError} If a segmentation has another shape than the volume, or lies elsewhere.
 */
export function showVolume(
  volume: Volume<Voxels>,
  { outlines = {}, title = "Volume", slices = 3, classes }: ShowVolumeOptions = {},
): ShownPicture {
  if (!Number.isInteger(slices) || slices < 1 || slices > 12) {
    throw new RangeError(`Cannot show a volume: slices is ${slices}, wanted 1 to 12`);
  }
  for (const [name, outline] of Object.entries(outlines)) {
    checkSameGrid(volume, outline, "the volume", name);
    checkClasses(outline, name);
  }
  const axis = sliceAxisOf(volume.affine), stack = stackAlong(volume, axis);
  const window = windowOf(volume), depth = stack.shape[2];
  const shown = [
    ...new Set(
      Array.from(
        { length: slices },
        (_, n) => Math.round((depth - 1) * (slices === 1 ? 0.5 : 0.25 + 0.5 * n / (slices - 1))),
      ),
    ),
  ];
  const rows = [["", undefined] as const, ...Object.entries(outlines)].map(([name, mask]) => {
    const classes = mask && stackAlong(withoutIgnored(mask), axis);
    return { name, pictures: shown.map((k) => slicePicture(stack, classes, k, window)) };
  });
  const all = rows.flatMap(({ pictures }) => pictures);
  const size = Math.max(16, ...all.flatMap(({ width, height }) => [width, height]));
  const highest = Math.max(0, ...all.flatMap(({ labels }) => labels ? [...new Set(labels)] : []));
  const svg = sliceSheet({
    title,
    height: size,
    width: size,
    columns: shown.map((k) => `slice ${k + 1} of ${depth}`),
    rows: rows.map(({ name, pictures }) => ({
      caption: name,
      panels: pictures.map((picture) => centredPanel(picture, size)),
    })),
    classes: classes ?? Array.from({ length: highest }, (_, n) => ({ name: String(n + 1) })),
  });
  return ShownPicture.ofSvg(svg, `${title}: ${volume.shape.join(" x ")} voxels`);
}

/** Bytes would hold other values than these, which then were drawn as classes. */
function checkClasses({ data }: Volume<Voxels>, name: string): void {
  if (data instanceof Uint8Array) return;
  for (const value of data) {
    if (Number.isInteger(value) && value >= 0 && value <= IGNORED) continue;
    throw new RangeError(
      `Cannot show a volume: ${name} holds ${value}, wanted classes, whole numbers from 0 to ${IGNORED}`,
    );
  }
}
