import type { SlicePanel } from "./slice_sheet.ts";
import type { SlicePicture } from "./slice_picture.ts";

/** A picture in the middle of a black square of `size` pixels, with its outlines. */
export function centredPanel(
  { width, height, grey, labels }: SlicePicture,
  size: number,
): SlicePanel {
  const { image } = blankPanel(size), classes = new Uint8Array(size * size);
  const left = Math.floor((size - width) / 2), top = Math.floor((size - height) / 2);
  for (let y = 0, o = 0; y < height; y++) {
    for (let x = 0; x < width; x++, o++) {
      const at = left + x + size * (top + y);
      image[at] = grey[o]! / 255;
      classes[at] = labels?.[o] ?? 0;
    }
  }
  return labels ? { image, labels: classes } : { image };
}

/** A black square, where a sheet has nothing to show. */
export function blankPanel(size: number): { image: Float32Array } {
  return { image: new Float32Array(size * size) };
}
