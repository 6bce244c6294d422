import { greyOf } from "./grey.ts";
import { Canvas, type Color } from "./canvas.ts";

/** One picture of a sheet. */
export interface SlicePanel {
  /** `[size, size]` by rows, 0 (black) to 1 (white); what is outside is clipped. */
  readonly image: ArrayLike<number>;
  /** `[size, size]`, classes to outline; 0 is background and has no outline. */
  readonly labels?: ArrayLike<number>;
}

/** A sheet of slices: a row a case, a column a kind of picture. */
export interface SliceSheet {
  readonly title: string;
  /** Side of every picture in pixels. */
  readonly size: number;
  /** One caption a column. */
  readonly columns: readonly string[];
  /** Caption and pictures of each row, as many as there are columns. */
  readonly rows: readonly { readonly caption: string; readonly panels: readonly SlicePanel[] }[];
  /** The names of the classes from 1 on, for the legend. */
  readonly classNames: readonly string[];
}

/** The outline colours of classes 1, 2, 3, …; bright on the greys of an MR image. */
export const CLASS_COLORS: readonly Color[] = [
  [240, 70, 60],
  [250, 205, 40],
  [70, 160, 255],
  [90, 220, 120],
  [230, 110, 230],
];

const GAP = 6;
const HEADER = 56;
const ROW_CAPTION = 18;
const FOOTER = 26;

/** Draws a sheet of slices as a PNG; throws TypeError if a picture has not `size * size` pixels. */
export function sliceSheet(sheet: SliceSheet): Uint8Array {
  const { size, columns, rows } = sheet;
  // Whole factors keep pixels square; about 200 pixels a picture are easy on the eye.
  const scale = Math.max(1, Math.round(200 / size));
  const cell = size * scale;
  const canvas = new Canvas(
    GAP + columns.length * (cell + GAP),
    HEADER + rows.length * (cell + ROW_CAPTION) + FOOTER,
  );
  canvas.text(sheet.title, GAP, 10, { scale: 2, color: [20, 20, 20] });
  columns.forEach((caption, column) => {
    const middle = GAP + column * (cell + GAP) + Math.round(cell / 2);
    canvas.text(caption, middle, HEADER - 14, { align: "center" });
  });
  rows.forEach(({ caption, panels }, row) => {
    const y = HEADER + row * (cell + ROW_CAPTION);
    panels.forEach((panel, column) => {
      drawPanel(canvas, panel, size, scale, GAP + column * (cell + GAP), y);
    });
    canvas.text(caption, GAP, y + cell + 4);
  });
  let x = GAP;
  sheet.classNames.forEach((name, n) => {
    const y = canvas.height - 18;
    canvas.fillRect(x, y, 10, 8, CLASS_COLORS[n % CLASS_COLORS.length]!);
    canvas.text(name, x + 15, y);
    x += 15 + name.length * 6 + 16;
  });
  return canvas.png();
}

function drawPanel(
  canvas: Canvas,
  { image, labels }: SlicePanel,
  size: number,
  scale: number,
  left: number,
  top: number,
): void {
  for (const pixels of [image, labels ?? image]) {
    if (pixels.length === size * size) continue;
    throw new TypeError(
      `Cannot draw a slice: it has ${pixels.length} pixels, wanted ${size} x ${size}`,
    );
  }
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const grey = greyOf(image[x + size * y]!);
      canvas.fillRect(left + x * scale, top + y * scale, scale, scale, [grey, grey, grey]);
    }
  }
  if (labels === undefined) return;
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= size || y >= size ? 0 : labels[x + size * y]!;
  const thickness = Math.max(1, Math.round(scale / 2));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const label = at(x, y);
      if (label === 0) continue;
      const color = CLASS_COLORS[(label - 1) % CLASS_COLORS.length]!;
      const [px, py] = [left + x * scale, top + y * scale];
      const far = scale - thickness;
      if (at(x - 1, y) !== label) canvas.fillRect(px, py, thickness, scale, color);
      if (at(x + 1, y) !== label) canvas.fillRect(px + far, py, thickness, scale, color);
      if (at(x, y - 1) !== label) canvas.fillRect(px, py, scale, thickness, color);
      if (at(x, y + 1) !== label) canvas.fillRect(px, py + far, scale, thickness, color);
    }
  }
}
