/** Slices seen several times, flipped or turned, and the average of what is said of them. */
import { type InPlaneOrientation, orient, UNTURNED } from "../../base/volume/orientation.ts";
import { scalingAffine } from "../../base/volume/affine.ts";
import type { TestTime } from "../../names.ts";
import type { SliceStack } from "../models/segmenter.ts";

/** One way to see a slice. */
export interface View {
  readonly orientation: InPlaneOrientation;
  /** For each class the one that it is in the slice as it was; absent: itself. */
  readonly classes?: readonly number[];
}

/** What has to be known of labels that are pairs of left and right. */
export interface LabelSides {
  /** For each class its partner, or itself. */
  readonly partners: readonly number[];
  /** The axis of slices that runs from one side of the patient to the other; null where none does. */
  readonly axis: 0 | 1 | null;
}

/**
 * The views of a slice, the slice as it is first. Where labels are pairs of left and right, they
 * exchange in views that are reversed along the axis between the sides; quarter turns, after which no
 * axis of the network's tells the sides, are left out.
 *
 * @param sides Absent where no labels are pairs.
 */
export function viewsOf(testTime: TestTime, sides?: LabelSides): View[] {
  const turns = ORIENTATIONS[testTime];
  const told = turns.filter(({ transpose }) => sides === undefined || !transpose);
  return told.map((orientation) => {
    const reversed = sides?.axis === 0 ? orientation.flipI : sides?.axis === 1 && orientation.flipJ;
    return { orientation, ...reversed && { classes: sides!.partners } };
  });
}

const HALF_TURN = { transpose: false, flipI: true, flipJ: true };

const ORIENTATIONS: Readonly<Record<TestTime, readonly InPlaneOrientation[]>> = {
  none: [UNTURNED],
  flips: [
    UNTURNED,
    { transpose: false, flipI: true, flipJ: false },
    { transpose: false, flipI: false, flipJ: true },
    HALF_TURN,
  ],
  rot90: [
    UNTURNED,
    { transpose: true, flipI: true, flipJ: false },
    HALF_TURN,
    { transpose: true, flipI: false, flipJ: true },
  ],
};

/** Slices as a view shows them. */
export function viewOfStack(stack: SliceStack, { orientation }: View): SliceStack {
  const { images, slices, channels, height, width, tile } = stack;
  if (orientation === UNTURNED) return stack;
  const shape = [width, height, slices * channels] as const;
  // The affine plays no part.
  const { data, shape: turned } = orient(
    { data: images, shape, affine: scalingAffine([1, 1, 1]) },
    orientation,
  );
  const swapped = (size: { readonly height: number; readonly width: number }) =>
    orientation.transpose ? { height: size.width, width: size.height } : size;
  return {
    ...{ images: data, slices, channels, width: turned[0], height: turned[1] },
    ...tile && { tile: swapped(tile) },
  };
}

/**
 * Adds what is said of the slices of a view to a sum over the slices as they are.
 *
 * @param sum `[slices, height, width, classes]`.
 * @param likely The same of the view's slices.
 * @param stack The size of slices as they are, in pixels.
 */
export function addView(
  sum: Float32Array,
  likely: Float32Array,
  { slices, height, width }: Pick<SliceStack, "slices" | "height" | "width">,
  { orientation: { transpose, flipI, flipJ }, classes: partners }: View,
): void {
  const area = height * width, classes = sum.length / (slices * area);
  const [wide, high] = transpose ? [height, width] : [width, height];
  // As orient() reads: the source of pixel (i, j) of the view.
  let [stepI, stepJ] = transpose ? [width, 1] : [1, width];
  const start = (flipI ? (wide - 1) * stepI : 0) + (flipJ ? (high - 1) * stepJ : 0);
  if (flipI) stepI = -stepI;
  if (flipJ) stepJ = -stepJ;
  for (let slice = 0, from = 0; slice < slices; slice++) {
    for (let j = 0; j < high; j++) {
      for (let i = 0; i < wide; i++) {
        const to = (slice * area + start + i * stepI + j * stepJ) * classes;
        for (let c = 0; c < classes; c++) sum[to + (partners?.[c] ?? c)]! += likely[from++]!;
      }
    }
  }
}
