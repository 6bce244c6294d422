import { encodePng } from "../deps/png.ts";
import { classColour, cssColour } from "./class_colours.ts";
import { greyOf } from "./grey.ts";
import { insideEdges } from "./inside_edges.ts";
import { fittingText, svgOf, svgText, textWidth } from "./svg.ts";

/** One picture of a sheet. */
export interface SlicePanel {
  /** `[height, width]` by rows, 0 (black) to 1 (white); what is outside is clipped. */
  readonly image: ArrayLike<number>;
  /** `[height, width]`, classes to outline; 0 is background and has no outline. */
  readonly labels?: ArrayLike<number>;
}

/** A sheet of slices: a row a case, a column a kind of picture. */
export interface SliceSheet {
  /** Stands above the sheet. */
  readonly title: string;
  /** Rows of every picture, in pixels. */
  readonly height: number;
  /** Columns of every picture, in pixels. */
  readonly width: number;
  /** One caption a column. */
  readonly columns: readonly string[];
  /** Caption and pictures of each row, as many as there are columns. */
  readonly rows: readonly { readonly caption: string; readonly panels: readonly SlicePanel[] }[];
  /** The classes from 1 on, for the legend, with the colour of their outlines where they have one. */
  readonly classes: readonly { readonly name: string; readonly colour?: string | undefined }[];
}

const GAP = 6;
/** Between rows that stand side by side. */
const BLOCK_GAP = 24;
const HEADER = 56;
const ROW_CAPTION = 22;
const LEGEND_ROW = 20;

/** A sheet is at most so many times as high as wide, or its rows stand side by side as a screen has room. */
const TALLEST = 2;
const WIDEST = 1600;

/** Draws a sheet of slices as SVG; throws TypeError if a picture has not `height * width` pixels. */
export function sliceSheet(sheet: SliceSheet): string {
  const { height, width, columns, rows, classes } = sheet;
  // Whole factors keep pixels square; about 200 pixels a picture are easy on the eye.
  const scale = Math.max(1, Math.round(200 / Math.max(height, width)));
  const cell = { width: width * scale + GAP, height: height * scale + ROW_CAPTION };
  const block = columns.length * cell.width;
  const blocks = blocksOf(rows.length, block + BLOCK_GAP, cell.height);
  const perBlock = Math.ceil(rows.length / blocks);
  const across = GAP + blocks * (block + BLOCK_GAP) - BLOCK_GAP;
  const down = HEADER + perBlock * cell.height;
  const parts = [
    svgText(fittingText(sheet.title, across - 2 * GAP, 18), GAP, 25, {
      size: 18,
      color: "#141414",
    }),
  ];
  for (let n = 0; n < blocks; n++) {
    columns.forEach((caption, column) => {
      const middle = GAP + n * (block + BLOCK_GAP) + (column + 0.5) * cell.width - GAP / 2;
      const text = fittingText(caption, cell.width);
      parts.push(svgText(text, middle, HEADER - 8, { align: "center" }));
    });
  }
  rows.forEach(({ caption, panels }, row) => {
    const x = GAP + Math.floor(row / perBlock) * (block + BLOCK_GAP);
    const y = HEADER + (row % perBlock) * cell.height;
    panels.forEach((panel, column) => {
      parts.push(
        `<g transform="translate(${x + column * cell.width} ${y}) scale(${scale})">` +
          `${panelSvg(panel, sheet, scale)}</g>`,
      );
    });
    parts.push(svgText(fittingText(caption, block), x, y + cell.height - ROW_CAPTION + 15));
  });
  const legend = legendOf(classes, down + 8, across);
  return svgOf({ width: across, height: legend.bottom, body: parts.join("") + legend.body });
}

/** How many columns of rows make a sheet of a shape that a screen has; never more than there are rows. */
function blocksOf(rows: number, block: number, rowHeight: number): number {
  let blocks = 1;
  const height = () => HEADER + Math.ceil(rows / blocks) * rowHeight;
  while (height() > TALLEST * blocks * block && (blocks + 1) * block <= WIDEST) blocks++;
  return Math.min(blocks, Math.max(1, rows));
}

function panelSvg(
  { image, labels }: SlicePanel,
  { height, width, classes }: SliceSheet,
  scale: number,
): string {
  for (const pixels of [image, labels ?? image]) {
    if (pixels.length === height * width) continue;
    throw new TypeError(
      `Cannot draw a slice: it has ${pixels.length} pixels, wanted ${height} x ${width}`,
    );
  }
  const data = Uint8Array.from(image, (value) => greyOf(value));
  const png = encodePng({ width, height, data, channels: 1, depth: 8 });
  // pixels stay pixels; the word that browsers have now is none to resvg, which would smooth them
  const picture = `<image width="${width}" height="${height}" image-rendering="optimizeSpeed" ` +
    `href="data:image/png;base64,${png.toBase64()}"/>`;
  if (labels === undefined) return picture;
  const thickness = Math.max(1, Math.round(scale / 2)) / scale;
  const outlines = insideEdges(labels, width, height, thickness).map(({ label, path }) => {
    const colour = cssColour(classColour(label, classes[label - 1]?.colour));
    return `<path d="${path}" fill="${colour}" shape-rendering="crispEdges"/>`;
  });
  return picture + outlines.join("");
}

function legendOf(classes: SliceSheet["classes"], top: number, width: number) {
  let x = GAP, y = top;
  const parts = classes.map(({ name, colour }, n) => {
    const room = 30 + textWidth(name);
    if (x > GAP && x + room > width) [x, y] = [GAP, y + LEGEND_ROW];
    const square = `<rect x="${x}" y="${y}" width="10" height="10" ` +
      `fill="${cssColour(classColour(n + 1, colour))}"/>`;
    const text = svgText(fittingText(name, width - x - 2 * GAP - 10), x + 15, y + 9);
    x += Math.round(room);
    return square + text;
  });
  return { body: parts.join(""), bottom: classes.length === 0 ? top : y + LEGEND_ROW };
}
