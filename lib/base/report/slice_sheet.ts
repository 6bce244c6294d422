import { classColour } from "./class_colours.ts";
import { greyOf } from "./grey.ts";
import { Canvas } from "./canvas.ts";

/** One picture of a sheet. */
export interface SlicePanel {
  /** `[height, width]` by rows, 0 (black) to 1 (white); what is outside is clipped. */
  readonly image: ArrayLike<number>;
  /** `[height, width]`, classes to outline; 0 is background and has no outline. */
  readonly labels?: ArrayLike<number>;
}

/** A sheet of slices: a row a case, a column a kind of picture. */
export interface SliceSheet {
  readonly title: string;
  /** Rows and columns of every picture, in pixels. */
  readonly height: number;
  readonly width: number;
  /** One caption a column. */
  readonly columns: readonly string[];
  /** Caption and pictures of each row, as many as there are columns. */
  readonly rows: readonly { readonly caption: string; readonly panels: readonly SlicePanel[] }[];
  /** The classes from 1 on, for the legend, with the colour of their outlines where they have one. */
  readonly classes: readonly { readonly name: string; readonly colour?: string | undefined }[];
}

const GAP = 6;
const HEADER = 56;
const ROW_CAPTION = 18;
const FOOTER = 26;

/** Draws a sheet of slices as a PNG; throws TypeError if a picture has not `height * width` pixels. */
export function sliceSheet(sheet: SliceSheet): Uint8Array {
  const { height, width, columns, rows } = sheet;
  // Whole factors keep pixels square; about 200 pixels a picture are easy on the eye.
  const scale = Math.max(1, Math.round(200 / Math.max(height, width)));
  const cell = { width: width * scale, height: height * scale };
  const canvas = new Canvas(
    GAP + columns.length * (cell.width + GAP),
    HEADER + rows.length * (cell.height + ROW_CAPTION) + FOOTER,
  );
  canvas.text(sheet.title, GAP, 10, { scale: 2, color: [20, 20, 20] });
  columns.forEach((caption, column) => {
    const middle = GAP + column * (cell.width + GAP) + Math.round(cell.width / 2);
    canvas.text(caption, middle, HEADER - 14, { align: "center" });
  });
  rows.forEach(({ caption, panels }, row) => {
    const y = HEADER + row * (cell.height + ROW_CAPTION);
    panels.forEach((panel, column) => {
      drawPanel(canvas, panel, sheet, scale, GAP + column * (cell.width + GAP), y);
    });
    canvas.text(caption, GAP, y + cell.height + 4);
  });
  let x = GAP;
  sheet.classes.forEach(({ name, colour }, n) => {
    const y = canvas.height - 18;
    canvas.fillRect(x, y, 10, 8, classColour(n + 1, colour));
    canvas.text(name, x + 15, y);
    x += 15 + name.length * 6 + 16;
  });
  return canvas.png();
}

function drawPanel(
  canvas: Canvas,
  { image, labels }: SlicePanel,
  { height, width, classes }: SliceSheet,
  scale: number,
  left: number,
  top: number,
): void {
  for (const pixels of [image, labels ?? image]) {
    if (pixels.length === height * width) continue;
    throw new TypeError(
      `Cannot draw a slice: it has ${pixels.length} pixels, wanted ${height} x ${width}`,
    );
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const grey = greyOf(image[x + width * y]!);
      canvas.fillRect(left + x * scale, top + y * scale, scale, scale, [grey, grey, grey]);
    }
  }
  if (labels === undefined) return;
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : labels[x + width * y]!;
  const thickness = Math.max(1, Math.round(scale / 2));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const label = at(x, y);
      if (label === 0) continue;
      const color = classColour(label, classes[label - 1]?.colour);
      const [px, py] = [left + x * scale, top + y * scale];
      const far = scale - thickness;
      if (at(x - 1, y) !== label) canvas.fillRect(px, py, thickness, scale, color);
      if (at(x + 1, y) !== label) canvas.fillRect(px + far, py, thickness, scale, color);
      if (at(x, y - 1) !== label) canvas.fillRect(px, py, scale, thickness, color);
      if (at(x, y + 1) !== label) canvas.fillRect(px, py + far, scale, thickness, color);
    }
  }
}
