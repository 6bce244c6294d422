import { encodePng } from "../deps/png.ts";
import { CELL_HEIGHT, CELL_WIDTH, glyph } from "./font.ts";

/** Red, green and blue, 0-255 each. */
export type Color = readonly [number, number, number];

/** A point in pixels, from the upper left corner; (0.5, 0.5) is the middle of the first pixel. */
export type Point = readonly [number, number];

/** How text lies at its point. */
export interface TextStyle {
  readonly color?: Color;
  /** Whole number of pixels a font pixel takes; 1 by default. */
  readonly scale?: number;
  /** Which end of the text is at the point; `left` by default. */
  readonly align?: "left" | "center" | "right";
  /** Reads from bottom to top; `align` is then along the text. */
  readonly vertical?: boolean;
}

/** The width in pixels of a text. */
export function textWidth(text: string, scale = 1): number {
  return (text.length * CELL_WIDTH - 1) * scale;
}

/**
 * A small raster for charts and contact sheets: 8-bit RGB, drawn upon with rectangles, smooth lines
 * and bitmap text. What lies outside is clipped.
 */
export class Canvas {
  readonly #pixels: Uint8Array;

  /**
   * @param width Pixels, at least 1.
   * @param height Pixels, at least 1.
   * @throws {RangeError} If a side is no whole number of at least 1.
   */
  constructor(
    readonly width: number,
    readonly height: number,
    background: Color = [255, 255, 255],
  ) {
    for (const side of [width, height]) {
      if (Number.isInteger(side) && side > 0) continue;
      throw new RangeError(`Cannot make a canvas of ${width} x ${height}: wanted whole pixels`);
    }
    this.#pixels = new Uint8Array(width * height * 3);
    this.fillRect(0, 0, width, height, background);
  }

  /** The colour of a pixel. */
  at(x: number, y: number): Color {
    const i = 3 * (x + this.width * y);
    return [this.#pixels[i]!, this.#pixels[i + 1]!, this.#pixels[i + 2]!];
  }

  /** Lays a colour over a pixel; `opacity` is 0-1. */
  set(x: number, y: number, color: Color, opacity = 1): void {
    if (x < 0 || y < 0 || x >= this.width || y >= this.height) return;
    const i = 3 * (x + this.width * y);
    for (let c = 0; c < 3; c++) {
      const below = this.#pixels[i + c]!;
      this.#pixels[i + c] = Math.round(below + (color[c]! - below) * opacity);
    }
  }

  /** Fills a rectangle of whole pixels. */
  fillRect(x: number, y: number, width: number, height: number, color: Color, opacity = 1): void {
    for (let j = Math.max(0, y); j < Math.min(this.height, y + height); j++) {
      for (let i = Math.max(0, x); i < Math.min(this.width, x + width); i++) {
        this.set(i, j, color, opacity);
      }
    }
  }

  /**
   * Draws a line through points, smooth and of one opacity throughout.
   *
   * @param width Thickness in pixels.
   */
  polyline(points: readonly Point[], color: Color, width = 1, opacity = 1): void {
    const coverage = new Map<number, number>();
    for (let n = 1; n < points.length; n++) {
      this.#coverSegment(coverage, points[n - 1]!, points[n]!, width / 2);
    }
    for (const [i, amount] of coverage) {
      this.set(i % this.width, Math.floor(i / this.width), color, amount * opacity);
    }
  }

  #coverSegment(coverage: Map<number, number>, from: Point, to: Point, radius: number): void {
    const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
    const length2 = dx * dx + dy * dy;
    const reach = radius + 1;
    const low = (axis: 0 | 1) => Math.max(0, Math.floor(Math.min(from[axis], to[axis]) - reach));
    const high = (axis: 0 | 1, side: number) =>
      Math.min(side - 1, Math.ceil(Math.max(from[axis], to[axis]) + reach));
    for (let y = low(1); y <= high(1, this.height); y++) {
      for (let x = low(0); x <= high(0, this.width); x++) {
        const [px, py] = [x + 0.5 - from[0], y + 0.5 - from[1]];
        const along = length2 === 0 ? 0 : Math.min(1, Math.max(0, (px * dx + py * dy) / length2));
        const amount = radius + 0.5 - Math.hypot(px - along * dx, py - along * dy);
        const i = x + this.width * y;
        if (amount > (coverage.get(i) ?? 0)) coverage.set(i, Math.min(1, amount));
      }
    }
  }

  /** Writes text whose upper edge (its left edge, if vertical) is at the point. */
  text(text: string, x: number, y: number, style: TextStyle = {}): void {
    const { color = [40, 40, 40], scale = 1, align = "left", vertical = false } = style;
    const width = textWidth(text, scale);
    const shift = align === "left" ? 0 : align === "center" ? Math.round(width / 2) : width;
    [...text].forEach((character, n) => {
      glyph(character).forEach((bits, column) => {
        for (let row = 0; row < CELL_HEIGHT; row++) {
          if ((bits >> row & 1) === 0) continue;
          const along = (n * CELL_WIDTH + column) * scale - shift;
          const across = row * scale;
          if (vertical) this.fillRect(x + across, y - along - scale + 1, scale, scale, color);
          else this.fillRect(x + along, y + across, scale, scale, color);
        }
      });
    });
  }

  /** Copies another canvas to a place on this one. */
  draw(other: Canvas, x: number, y: number): void {
    for (let j = 0; j < other.height; j++) {
      for (let i = 0; i < other.width; i++) this.set(x + i, y + j, other.at(i, j));
    }
  }

  /** The picture as a PNG file. */
  png(): Uint8Array {
    const { width, height } = this;
    return encodePng({ width, height, data: this.#pixels, channels: 3, depth: 8 });
  }
}
