import { escapeHtml } from "../deps/std.ts";
import { labelOutline } from "./label_outline.ts";
import type { SliceSize } from "../volume/slice_size.ts";
import { encodePng } from "../deps/png.ts";

/** A square part of a slice, in pixels. */
export interface Crop {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Lines around the classes of a mask. */
export interface Outline {
  /** Classes of the whole slice. */
  readonly classes: Uint8Array;
  /** A class of the page's style sheet, which gives the colour. */
  readonly style: string;
}

/** A slice as a PNG with outlines as vectors above. */
export interface OutlinedSlice {
  /** What it shows. */
  readonly label: string;
  /** `[height, width]`, 0 black to 255 white. */
  readonly image: Uint8Array;
  readonly width: number;
  readonly crop: Crop;
  /** The last is on top. */
  readonly outlines: readonly Outline[];
}

/**
 * The square around everything that masks mark, with air around it, within the slice.
 *
 * @param masks Classes of slices of `height` x `width`; one after another is well.
 * @param least Smallest side in pixels.
 */
export function cropAround(
  masks: readonly Uint8Array[],
  { height, width }: SliceSize,
  least: number,
): Crop {
  let [left, right, top, bottom] = [width, -1, height, -1];
  const most = Math.min(height, width);
  for (const mask of masks) {
    for (let i = 0; i < mask.length; i++) {
      if (mask[i] === 0) continue;
      const x = i % width, y = Math.floor(i / width) % height;
      [left, right] = [Math.min(left, x), Math.max(right, x)];
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y)];
    }
  }
  if (right < 0) return { x: (width - most) >> 1, y: (height - most) >> 1, size: most };
  const extent = Math.max(right - left, bottom - top) + 1;
  const side = Math.min(most, Math.max(least, Math.ceil(extent * 1.5)));
  const place = (from: number, to: number, whole: number) =>
    Math.min(whole - side, Math.max(0, Math.round((from + to + 1 - side) / 2)));
  return { x: place(left, right, width), y: place(top, bottom, height), size: side };
}

/** The slice as an `svg` element, which fills the width that it is given. */
export function outlinedSliceSvg({ label, image, width, crop, outlines }: OutlinedSlice): string {
  const side = crop.size;
  const part = (pixels: Uint8Array) => {
    const cut = new Uint8Array(side * side);
    for (let y = 0; y < side; y++) {
      const from = crop.x + width * (crop.y + y);
      cut.set(pixels.subarray(from, from + side), y * side);
    }
    return cut;
  };
  const png = encodePng({ width: side, height: side, data: part(image), channels: 1, depth: 8 });
  const lines = outlines.map(({ classes, style }) => {
    const path = labelOutline(part(classes), side, side).map((one) => one.path).join("");
    return path === "" ? "" : `<path class="outline ${style}" d="${path}"/>`;
  });
  return `<svg role="img" aria-label="${escapeHtml(label)}" viewBox="0 0 ${side} ${side}">` +
    `<image width="${side}" height="${side}" href="data:image/png;base64,${png.toBase64()}"/>` +
    `${lines.join("")}</svg>`;
}
