/**
 * A slice to paint on, in mm, with soft edges.
 *
 * Water is painted positive and fat negative, as their signals have opposite phase in balanced SSFP
 * at the usual echo time; the magnitude taken at the end then draws by itself the thin black lines
 * between them that mark such images.
 */
import { TILE, type Tile } from "./texture.ts";

/** A slice in the making. */
export interface Canvas {
  /** Signed signal, `width * height`, rows from the front of the body to its back. */
  readonly signal: Float32Array;
  /** The class of each pixel: 0 background, 1 LV, 2 MYO, 3 RV. */
  readonly label: Uint8Array;
  /** Share of each pixel that is within the chest's wall, 0-1. */
  readonly cavity: Float32Array;
  /** Share of each pixel that is open lung, where vessels may be painted, 0-1. */
  readonly lung: Float32Array;
  /** Number of pixels across. */
  readonly width: number;
  /** Number of pixels down. */
  readonly height: number;
  /** The pixel's side, mm. */
  readonly pixelMm: number;
  /** Place of pixel (0, 0) from the heart, mm. */
  readonly originMm: readonly [number, number];
  /** Where this slice reads the textures, mm. */
  readonly textureMm: readonly [number, number];
}

/** The share of a pixel inside an edge, which lies `inside` mm away and is `soft` mm wide. */
export function coverage(inside: number, soft: number): number {
  const share = 0.5 + inside / soft;
  return share <= 0 ? 0 : share >= 1 ? 1 : share;
}

/** The texture at a place in mm. */
export function grain(canvas: Canvas, tile: Tile, x: number, y: number): number {
  const column = Math.floor(x + canvas.textureMm[0]) & (TILE - 1);
  const row = Math.floor(y + canvas.textureMm[1]) & (TILE - 1);
  return tile[row * TILE + column]!;
}

/** An ellipse to paint. */
export interface Ellipse {
  /** The centre's place from the heart, to the right, mm. */
  readonly x: number;
  /** Its place downwards, mm. */
  readonly y: number;
  /** Half of the first axis, mm. */
  readonly rx: number;
  /** Half of the second axis, mm. */
  readonly ry: number;
  /** Turn of the first axis, radians, clockwise. */
  readonly turn?: number;
  /** Signal. */
  readonly value: number;
  /** Texture as a share of the signal. */
  readonly texture?: number;
  /** The tile of the texture and of the outline's roughness. */
  readonly tile?: Tile;
  /** Roughness of the outline, mm. */
  readonly rough?: number;
  /** Width of the edge, mm; a pixel's by default. */
  readonly soft?: number;
  /** Share of the ellipse that covers what lies beneath, 0-1. */
  readonly opacity?: number;
  /** Shares of the pixels through which it is seen; all of them by default. */
  readonly through?: Float32Array;
}

/** Paints an ellipse. */
export function paintEllipse(canvas: Canvas, ellipse: Ellipse): void {
  const { x, y, rx, ry, value, tile } = ellipse;
  const { turn = 0, texture = 0, rough = 0, opacity = 1, through } = ellipse;
  const soft = Math.max(ellipse.soft ?? 0, canvas.pixelMm);
  const reach = Math.max(rx, ry) + soft + 3 * rough;
  const cos = Math.cos(turn), sin = Math.sin(turn);
  eachPixel(canvas, x, y, reach, (index, px, py) => {
    const u = ((px - x) * cos + (py - y) * sin) / rx;
    const v = ((py - y) * cos - (px - x) * sin) / ry;
    const q = Math.sqrt(u * u + v * v);
    const slope = Math.sqrt((u / rx) ** 2 + (v / ry) ** 2);
    let inside = q < 1e-6 ? Math.min(rx, ry) : (1 - q) * q / slope;
    const noise = tile === undefined ? 0 : grain(canvas, tile, px, py);
    inside += noise * rough;
    let share = coverage(inside, soft) * opacity;
    if (share === 0) return;
    if (through !== undefined) share *= through[index]!;
    const painted = value * (1 + texture * noise);
    canvas.signal[index]! += share * (painted - canvas.signal[index]!);
  });
}

/** Calls `paint` with the index and place (mm from the heart) of each pixel near a place. */
export function eachPixel(
  canvas: Canvas,
  x: number,
  y: number,
  reachMm: number,
  paint: (index: number, x: number, y: number) => void,
): void {
  const { width, height, pixelMm, originMm } = canvas;
  const [x0, y0] = originMm;
  const left = Math.max(0, Math.ceil((x - reachMm - x0) / pixelMm));
  const right = Math.min(width - 1, Math.floor((x + reachMm - x0) / pixelMm));
  const top = Math.max(0, Math.ceil((y - reachMm - y0) / pixelMm));
  const bottom = Math.min(height - 1, Math.floor((y + reachMm - y0) / pixelMm));
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      paint(row * width + column, x0 + column * pixelMm, y0 + row * pixelMm);
    }
  }
}

/** Number of angles of a {@linkcode Polar} outline. */
export const ANGLES = 256;

/** An outline around a centre: its radius in mm at {@linkcode ANGLES} angles from 0 to 2 pi. */
export type Polar = Float32Array;

/** Makes an outline of a function of the angle (radians). */
export function polar(radius: (angle: number) => number): Polar {
  return Float32Array.from({ length: ANGLES }, (_, i) => radius(2 * Math.PI * i / ANGLES));
}

/** The place of an angle (radians, from -pi to pi) among an outline's radii, whole and fraction. */
export function polarPlace(angle: number): number {
  return (angle / (2 * Math.PI) + 1) * ANGLES;
}

/** The radius of an outline at a place given by {@linkcode polarPlace}. */
export function radiusAt(outline: Polar, place: number): number {
  const whole = Math.floor(place);
  const a = outline[whole & (ANGLES - 1)]!;
  const b = outline[(whole + 1) & (ANGLES - 1)]!;
  return a + (b - a) * (place - whole);
}
