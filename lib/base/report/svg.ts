/** The parts that drawings are made of: SVG that a browser shows and `svgPng` makes a PNG of. */
import { escapeHtml } from "../deps/std.ts";

/** A drawing, or a part of one. */
export interface Drawing {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** SVG elements, in pixels from the upper left corner. */
  readonly body: string;
}

/** How text lies at its point. */
export interface TextStyle {
  /** Of the font, in pixels; 12 by default. */
  readonly size?: number;
  /** As CSS has it; nearly black by default. */
  readonly color?: string;
  /** Which end of the text is at the point; `left` by default. */
  readonly align?: "left" | "center" | "right";
  /** Reads from bottom to top; `align` is then along the text. */
  readonly vertical?: boolean;
}

/** The font of drawings, which `svgPng` has; a browser without it takes another one. */
export const FONT = "Noto Sans, sans-serif";

/** What the font lacks, and XML forbids. */
const UNDRAWABLE = /[^ -~\u00a0-\u017f\u0370-\u03e1\u03f0-\u045f\u2010-\u2027\u2030-\u203a]/gu;

const ANCHORS = { left: "start", center: "middle", right: "end" } as const;

/** A drawing as a file or a part of a page, on white. */
export function svgOf({ width, height, body }: Drawing): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" font-family="${FONT}">` +
    `<rect width="${width}" height="${height}" fill="#fff"/>${body}</svg>`;
}

/** Text on a baseline at `y`; characters that the font lacks are written as `?`. */
export function svgText(text: string, x: number, y: number, style: TextStyle = {}): string {
  const { size = 12, color = "#282828", align = "left", vertical = false } = style;
  const place = vertical ? `transform="translate(${x} ${y}) rotate(-90)"` : `x="${x}" y="${y}"`;
  return `<text ${place} font-size="${size}" fill="${color}" text-anchor="${ANCHORS[align]}">` +
    `${escapeHtml(drawable(text))}</text>`;
}

/** About how many pixels wide a text is, rather too many: nothing here knows the font's own widths. */
export function textWidth(text: string, size = 12): number {
  let ems = 0;
  for (const character of text) {
    ems += /[ijl.,:;|'! ()[\]]/.test(character)
      ? 0.34
      : /[mwMW@%]/.test(character)
      ? 0.95
      : /[A-Z]/.test(character)
      ? 0.7
      : 0.6;
  }
  return ems * size;
}

/** As much of a text as has room, with an ellipsis where it is cut. */
export function fittingText(text: string, width: number, size = 12): string {
  if (textWidth(text, size) <= width) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join("")}…`, size) > width) {
    characters.pop();
  }
  return `${characters.join("")}…`;
}

/** Drawings one below the other, as wide as the widest. */
export function stacked(drawings: readonly Drawing[]): Drawing {
  let height = 0;
  const parts = drawings.map((drawing) => {
    const part = `<g transform="translate(0 ${height})">${drawing.body}</g>`;
    height += drawing.height;
    return part;
  });
  return {
    width: Math.max(...drawings.map(({ width }) => width)),
    height,
    body: parts.join(""),
  };
}

function drawable(text: string): string {
  return text.replaceAll("\u2212", "–").replaceAll(UNDRAWABLE, "?");
}
