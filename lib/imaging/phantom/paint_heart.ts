/** Paints the heart into a slice, and its classes into the slice's label. */
import type { Anatomy } from "./anatomy.ts";
import {
  type Canvas,
  coverage,
  eachPixel,
  grain,
  paintEllipse,
  type Polar,
  polar,
  polarPlace,
  radiusAt,
} from "./canvas.ts";
import type { HeartSlice } from "./heart_shape.ts";
import type { TissueTable } from "./sites.ts";
import type { Textures } from "./texture.ts";
import type { RandomStream } from "../../base/random/random_stream.ts";

/** What the painters need beside the canvas. */
export interface Palette {
  /** The signal of each tissue. */
  readonly tissue: TissueTable;
  /** The body's textures. */
  readonly textures: Textures;
}

/** Thickness of the right ventricle's free wall, mm. */
const RIGHT_WALL_MM = 2.6;

/**
 * Paints the ventricles, or above the valves the great vessels and atria, and the fat around them.
 *
 * @param canvas The slice, its chest painted.
 * @param anatomy The body.
 * @param slice The ventricles' outlines.
 * @param palette Signals and textures.
 * @param rng The stream of the slice's details, the same at both phases.
 */
export function paintHeart(
  canvas: Canvas,
  anatomy: Anatomy,
  slice: HeartSlice,
  palette: Palette,
  rng: RandomStream,
): void {
  paintHeartFat(canvas, anatomy, slice, palette, rng.stream("fat"));
  if (slice.level > 1) return paintAboveValves(canvas, anatomy, slice, palette);
  if (slice.epi[0] === 0) return;
  paintVentricles(canvas, anatomy, slice, palette, rng.stream("trabeculae"));
  paintPapillaries(canvas, anatomy, slice, palette);
  paintCords(canvas, slice, palette, rng.stream("cords"));
}

/** Fat in the grooves and towards the breast bone; thin or none against the left lung. */
function paintHeartFat(
  canvas: Canvas,
  anatomy: Anatomy,
  slice: HeartSlice,
  { tissue, textures }: Palette,
  rng: RandomStream,
): void {
  const { heartFatMm } = anatomy.chest;
  const [cx, cy] = slice.centre;
  const phases = [rng.uniform(0, 6.28), rng.uniform(0, 6.28), rng.uniform(0, 6.28)];
  const groove = (angle: number, at: number, width: number) => {
    const turn = Math.atan2(Math.sin(angle - at), Math.cos(angle - at)) / width;
    return Math.exp(-turn * turn);
  };
  const outline = polar((angle) => {
    const index = Math.round(angle / (2 * Math.PI) * slice.right.length) % slice.right.length;
    const heart = Math.max(slice.right[index]!, slice.level > 1 ? 34 : 0);
    const wavy = 1 + 0.35 * Math.cos(3 * angle + phases[0]!) +
      0.25 * Math.cos(5 * angle + phases[1]!) +
      0.08 * Math.cos(8 * angle + phases[2]!);
    const front = groove(angle, -1.9, 0.9);
    const below = groove(angle, 2.2, 0.8);
    const grooves = groove(angle, slice.septum + 1.25, 0.3) +
      groove(angle, slice.septum - 1.25, 0.3);
    return heart + RIGHT_WALL_MM * 0.5 + heartFatMm * wavy * (0.15 + 1.2 * front + 0.8 * below) +
      (2 + 0.4 * heartFatMm) * grooves;
  });
  const reach = Math.max(...outline) + 3;
  const soft = canvas.pixelMm * 1.7;
  eachPixel(canvas, cx, cy, reach, (index, x, y) => {
    const dx = x - cx, dy = y - cy;
    const noise = grain(canvas, textures.medium, x, y);
    const inside = radiusAt(outline, polarPlace(Math.atan2(dy, dx))) -
      Math.sqrt(dx * dx + dy * dy) + 1.3 * noise;
    const share = coverage(inside, soft) * canvas.cavity[index]!;
    if (share === 0) return;
    const fat = -0.78 * tissue.fat * (1 + 0.12 * noise + 0.08 * grain(canvas, textures.fine, x, y));
    canvas.signal[index]! += share * (fat - canvas.signal[index]!);
    canvas.lung[index]! *= 1 - share;
  });
}

function paintVentricles(
  canvas: Canvas,
  anatomy: Anatomy,
  slice: HeartSlice,
  { tissue, textures }: Palette,
  rng: RandomStream,
): void {
  const { pixelMm, signal, label } = canvas;
  const [cx, cy] = slice.centre;
  const seen = trabeculated(anatomy, slice, rng);
  const wall = slice.right.map((radius, i) =>
    radius + RIGHT_WALL_MM * Math.min(1, (radius - slice.epi[i]!) / 4)
  );
  const endoSoft = 1.5 * pixelMm + slice.endoBlur, epiSoft = 1.5 * pixelMm + slice.epiBlur;
  const reach = Math.max(...wall) + epiSoft;
  const rightBlood = tissue.blood * tissue.rightBlood;
  eachPixel(canvas, cx, cy, reach, (index, x, y) => {
    const dx = x - cx, dy = y - cy;
    const radius = Math.sqrt(dx * dx + dy * dy);
    const place = polarPlace(Math.atan2(dy, dx));
    const wallRadius = radiusAt(wall, place);
    const medium = grain(canvas, textures.medium, x, y);
    const covered = coverage(wallRadius - radius + 0.4 * medium, epiSoft);
    if (covered === 0) return;
    const fine = grain(canvas, textures.fine, x, y);
    const coarse = grain(canvas, textures.coarse, x, y);
    let value = signal[index]!;
    const muscle = tissue.myocardium * (1 + 0.08 * medium + 0.06 * fine + 0.07 * coarse);
    value += covered * (muscle - value);

    const epi = radiusAt(slice.epi, place);
    const right = radiusAt(slice.right, place);
    if (right - epi > 0.5) {
      const slant = radiusAt(slice.rightSlant, place);
      const depth = Math.min((right - radius) * slant, radius - epi);
      // The free wall's trabeculae darken the blood next to it.
      const edge = Math.max(0, 1 - (right - radius) * slant / 13);
      const shade = 1 + 0.07 * coarse + 0.06 * medium -
        Math.max(0, edge * (0.14 + 0.3 * medium + 0.1 * fine));
      value += coverage(depth + 0.5 * fine, pixelMm * 1.6) * (rightBlood * shade - value);
    }
    const endo = radiusAt(slice.endo, place);
    const inside = radiusAt(seen, place) - radius + 0.6 * fine;
    const leftShare = coverage(inside, endoSoft);
    if (leftShare > 0 && endo > 0) {
      const blood = tissue.blood * (1 + 0.07 * coarse + 0.05 * medium + 0.02 * fine);
      value += leftShare * (blood - value);
    }
    signal[index] = value;
    canvas.lung[index] = 0;
    if (radius < endo) label[index] = 1;
    else if (radius < epi) label[index] = 2;
    else if (radius < right && right - epi > 1) label[index] = 3;
  });
}

/** The cavity as seen: the smooth outline less the trabeculae, which lie in its apical half. */
function trabeculated(anatomy: Anatomy, slice: HeartSlice, rng: RandomStream): Polar {
  const amount = anatomy.left.trabeculae * Math.max(0.15, 1.1 - 1.1 * slice.level);
  const waves = [5, 7, 9, 12, 15].map((n) => ({
    n,
    at: rng.uniform(0, 6.28),
    by: rng.uniform(0.2, 1),
  }));
  return slice.endo.map((radius, i) => {
    const angle = 2 * Math.PI * i / slice.endo.length;
    let dent = 0;
    for (const { n, at, by } of waves) dent += by * Math.max(0, Math.cos(n * angle + at)) ** 2;
    // The septum is smooth.
    const bare = 0.5 - 0.4 * Math.cos(angle - slice.septum);
    return radius * (1 - amount * dent * bare);
  });
}

function paintPapillaries(
  canvas: Canvas,
  anatomy: Anatomy,
  slice: HeartSlice,
  { tissue, textures }: Palette,
): void {
  const { left } = anatomy;
  if (slice.level < 0.18 || slice.level > 0.72) return;
  // Full in the middle of their length; at the tips they shrink to cords.
  const share = Math.sin(Math.PI * (slice.level - 0.1) / 0.7);
  const [cx, cy] = slice.centre;
  for (const side of [0, 1] as const) {
    const angle = slice.septum + left.papillaryDegrees[side] * Math.PI / 180;
    const cavity = radiusAt(slice.endo, polarPlace(Math.atan2(Math.sin(angle), Math.cos(angle))));
    const size = Math.min(left.papillaryMm[side] * share, cavity * 0.42);
    if (size < 0.8) continue;
    const rooted = cavity - size * (0.55 + 0.9 * Math.max(0, slice.level - 0.3));
    paintEllipse(canvas, {
      x: cx + rooted * Math.cos(angle),
      y: cy + rooted * Math.sin(angle),
      rx: size * 1.15,
      ry: size * 0.85,
      turn: angle,
      value: tissue.myocardium * 1.1,
      texture: 0.08,
      tile: textures.fine,
      rough: 0.4,
      soft: canvas.pixelMm * 1.6,
      opacity: 0.95,
    });
  }
}

/** Small trabeculae in the left cavity, away from the septum, and strands in the right one. */
function paintCords(
  canvas: Canvas,
  slice: HeartSlice,
  { tissue, textures }: Palette,
  rng: RandomStream,
): void {
  const [cx, cy] = slice.centre;
  const low = Math.max(0, 1 - slice.level);
  for (let i = 0; i < 7; i++) {
    const angle = slice.septum + Math.PI + rng.normal(0, 1);
    const share = rng.uniform(0.72, 0.98), size = rng.uniform(0.8, 1.9);
    const faint = rng.uniform(0.2, 0.8);
    const cavity = radiusAt(slice.endo, polarPlace(Math.atan2(Math.sin(angle), Math.cos(angle))));
    if (cavity < 9 || slice.level > 0.75) continue;
    paintEllipse(canvas, {
      x: cx + share * cavity * Math.cos(angle),
      y: cy + share * cavity * Math.sin(angle),
      rx: size * 1.3,
      ry: size,
      turn: angle,
      value: tissue.myocardium,
      opacity: faint,
    });
  }
  for (let i = 0; i < 9; i++) {
    const angle = slice.septum + rng.normal(0, 0.6), turn = angle + rng.normal(0.3, 0.7);
    const at = rng.uniform(0.35, 1), long = rng.uniform(2, 7), thick = rng.uniform(0.7, 1.5);
    const faint = rng.uniform(0.15, 0.75) * (0.45 + 0.55 * low);
    const place = polarPlace(Math.atan2(Math.sin(angle), Math.cos(angle)));
    const inner = radiusAt(slice.epi, place), depth = radiusAt(slice.right, place) - inner;
    if (depth < 6) continue;
    paintEllipse(canvas, {
      x: cx + (inner + at * depth) * Math.cos(angle),
      y: cy + (inner + at * depth) * Math.sin(angle),
      rx: Math.min(long, depth / 2.5),
      ry: thick,
      turn,
      value: tissue.myocardium,
      tile: textures.fine,
      rough: 0.4,
      opacity: faint,
      through: canvas.cavity,
    });
  }
}

/** Above the valves: aorta in the middle, outflow in front, right atrium and left atrium behind. */
function paintAboveValves(
  canvas: Canvas,
  anatomy: Anatomy,
  slice: HeartSlice,
  { tissue, textures }: Palette,
): void {
  const [cx, cy] = slice.centre;
  const high = Math.min(1, (slice.level - 1) * 3);
  const size = 0.75 + 0.25 * anatomy.left.radiusMm / 25;
  const towards = (angle: number, distance: number): [number, number] => [
    cx + distance * size * Math.cos(slice.septum + angle),
    cy + distance * size * Math.sin(slice.septum + angle),
  ];
  const rightBlood = tissue.blood * tissue.rightBlood;
  const chambers = [
    { at: towards(-0.85, 33), rx: 27, ry: 20, turn: slice.septum + 0.5, value: rightBlood * 0.95 },
    { at: towards(2.75, 17), rx: 29 + 4 * high, ry: 19, turn: 0.35, value: tissue.blood * 0.93 },
    { at: towards(0.75, 31), rx: 21, ry: 13.5, turn: slice.septum + 1.7, value: rightBlood },
    { at: towards(0.1, 8), rx: 14.5, ry: 13, turn: 0.4, value: tissue.blood },
  ];
  for (const { at, rx, ry, turn, value } of chambers) {
    const shape = { x: at[0], y: at[1], turn, tile: textures.medium };
    const wall = 1.2;
    paintEllipse(canvas, {
      ...shape,
      rx: rx * size + wall,
      ry: ry * size + wall,
      value: tissue.myocardium,
      rough: 0.8,
    });
    paintEllipse(canvas, {
      ...shape,
      rx: rx * size,
      ry: ry * size,
      value,
      texture: 0.06,
      rough: 0.8,
    });
  }
}
