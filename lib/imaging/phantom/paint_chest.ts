/** Paints the chest around the heart: wall, lungs, belly, spine and vessels. */
import type { RandomStream } from "../../base/random/random_stream.ts";
import type { Anatomy } from "./anatomy.ts";
import {
  type Canvas,
  coverage,
  eachPixel,
  grain,
  paintEllipse,
  polar,
  polarPlace,
  radiusAt,
} from "./canvas.ts";
import { paintArm } from "./paint_arm.ts";
import { paintBelly } from "./paint_belly.ts";
import type { Palette } from "./paint_heart.ts";
import { paintSpine } from "./paint_spine.ts";

/**
 * Paints everything but the heart.
 *
 * @param canvas An empty slice.
 * @param anatomy The body.
 * @param level The slice's height: 0 at the apex, 1 at the base of the heart.
 * @param palette Signals and textures.
 * @param rng The stream of the body's details, the same for every slice.
 * @param slice The number of the slice, for the details that differ.
 */
export function paintChest(
  canvas: Canvas,
  anatomy: Anatomy,
  level: number,
  palette: Palette,
  rng: RandomStream,
  slice: number,
): void {
  paintTrunk(canvas, anatomy, level, palette, rng.stream("trunk"));
  paintLungVessels(canvas, palette, rng.stream("lung", slice));
  paintMediastinum(canvas, anatomy, level, palette, rng.stream("mediastinum"));
  paintBelly(canvas, anatomy, level, palette, rng.stream("belly"));
  paintSpine(canvas, anatomy, level, palette, rng.stream("spine"));
  if (anatomy.chest.arm) paintArm(canvas, anatomy, level, palette);
}

/** Skin, fat, the wall's muscle with its ribs, and the lung within. */
function paintTrunk(
  canvas: Canvas,
  anatomy: Anatomy,
  level: number,
  { tissue, textures }: Palette,
  rng: RandomStream,
): void {
  const { chest } = anatomy;
  // The heart's apex lies near the front and left wall: there the trunk is seen nearer its edge.
  const apical = Math.min(1.2, Math.max(0, 1 - level));
  const cx = chest.centreMm[0] - 14 * apical, cy = chest.centreMm[1] + 12 * apical;
  const halfWidth = chest.halfSizeMm[0] - 18 * apical;
  const halfDepth = chest.halfSizeMm[1] - 4 * apical;
  const waves = [2, 3, 4, 5].map((n) => ({ n, at: rng.uniform(0, 6.28), by: rng.uniform(1, 4) }));
  const outline = polar((angle) => {
    const x = Math.abs(Math.cos(angle)) / halfWidth, y = Math.abs(Math.sin(angle)) / halfDepth;
    const box = (x ** 2.6 + y ** 2.6) ** (-1 / 2.6);
    return waves.reduce((radius, { n, at, by }) => radius + by * Math.cos(n * angle + at), box);
  });
  const fatWave = rng.uniform(0, 6.28), ribWave = rng.uniform(0, 6.28);
  const fat = polar((angle) =>
    chest.fatMm * (1 + 0.3 * Math.cos(2 * angle + fatWave) + 0.25 * Math.cos(5 * angle + ribWave)) +
    // Breast and flank.
    5 * Math.exp(-(((angle - 5.4) / 0.35) ** 2)) + 6 * Math.exp(-(((angle - 0.9) / 0.4) ** 2))
  );
  const muscle = polar((angle) =>
    chest.muscleMm *
    (0.8 + 0.25 * Math.cos(3 * angle + ribWave) +
      // The muscles of the back are thick.
      0.9 * Math.exp(-(((angle - 2.0) / 0.5) ** 2)) + 0.4 * Math.exp(-(((angle - 5.7) / 0.3) ** 2)))
  );
  const ribs = Math.round(rng.uniform(15, 20));
  const { signal, lung, cavity, pixelMm } = canvas;
  const reach = Math.max(...outline) + 5;
  eachPixel(canvas, cx, cy, reach, (index, x, y) => {
    const dx = x - cx, dy = y - cy;
    const angle = Math.atan2(dy, dx);
    const place = polarPlace(angle);
    const smoothDepth = radiusAt(outline, place) - Math.sqrt(dx * dx + dy * dy);
    // Most of the air is out of reach of the skin's unevenness.
    if (smoothDepth < -10) return;
    const coarse = grain(canvas, textures.coarse, x, y);
    const depth = smoothDepth + 1.2 * coarse;
    if (depth < -pixelMm) return;
    const medium = grain(canvas, textures.medium, x, y);
    const fatDepth = radiusAt(fat, place) + 0.7 * medium + 2.2 * coarse;
    const fine = grain(canvas, textures.fine, x, y);
    const breath = tissue.lung * (1 + 0.25 * medium + 0.2 * coarse + 0.25 * fine);
    const wall = depth - fatDepth;
    const muscleDepth = radiusAt(muscle, place);
    if (wall - muscleDepth > 8) {
      // Far from the wall all is lung; most of the trunk is painted here.
      signal[index] = breath;
      lung[index] = 1;
      cavity[index] = 1;
      return;
    }
    let value = 0;
    value += coverage(depth, pixelMm) * 0.3;
    const fatSignal = -tissue.fat * (1 + 0.05 * medium + 0.04 * fine + 0.06 * coarse);
    value += coverage(depth - 1.6, pixelMm) * (fatSignal - value);
    // Strands of connective tissue, long along the skin.
    const layer = grain(canvas, textures.medium, 2.2 * depth, 45 * angle);
    const strand = Math.max(0, layer - 1.1);
    value *= 1 - Math.min(0.7, 0.5 * strand) * coverage(depth - 4, 3);
    if (wall > -2) {
      const seam = Math.max(0, 1 - Math.abs(wall - 0.42 * muscleDepth + 1.5 * medium) / 1.3);
      const fibre = grain(canvas, textures.medium, 2.4 * wall + 80, 40 * angle);
      const flesh = tissue.muscle * (1 + 0.12 * medium + 0.1 * fine + 0.12 * fibre) -
        0.45 * Math.max(0, fibre - 0.9) * tissue.fat;
      value += coverage(wall, pixelMm * 1.2) * (flesh - value);
      value += 0.8 * seam * coverage(wall - 2, 2) * coverage(coarse - 0.2, 0.8) *
        (-0.7 * tissue.fat - value);
      // Ribs, cut across at the wall's inner side: marrow in a dark shell.
      const across = Math.cos(ribs * angle + ribWave + 0.8 * coarse);
      const out = Math.abs(wall - (muscleDepth - 4.5)) / 4.2;
      const rib = Math.min(1 - out, (across - 0.35) * 1.5) + 0.15 * medium;
      if (rib > -0.1) {
        value += 0.85 * coverage(rib, 0.6) * (0.05 - value);
        value += coverage(rib - 0.4, 0.5) * (tissue.marrow * -1 - value);
      }
      const inward = wall - muscleDepth;
      value += coverage(inward + 1.8, 2) * (-0.5 * tissue.fat - value);
      const air = coverage(inward - 0.4 + 0.3 * fine, pixelMm * 1.2);
      value += air * (breath - value);
      lung[index] = air;
      cavity[index] = coverage(inward + 2, 3);
    }
    signal[index] = value;
  });
}

/** Vessels of the lung: bright dots and short branches, thick near the hilum. */
function paintLungVessels(
  canvas: Canvas,
  { tissue }: Palette,
  rng: RandomStream,
): void {
  const hilum = [rng.uniform(20, 34), rng.uniform(18, 34)] as const;
  for (let i = 0; i < 90; i++) {
    const angle = rng.uniform(-2.6, 1.9);
    const distance = 12 + 95 * rng.uniform() ** 0.8;
    const far = distance / 107;
    const long = rng.chance(0.25) ? rng.uniform(1, 6) * (1 - 0.6 * far) : 0;
    const thick = rng.uniform(0.5, 1.1) + 1.8 * (1 - far) ** 2 * rng.uniform();
    paintEllipse(canvas, {
      x: hilum[0] + distance * Math.cos(angle),
      y: hilum[1] + distance * Math.sin(angle),
      rx: thick + long,
      ry: thick,
      turn: angle + rng.normal(0, 0.35),
      value: tissue.blood * rng.uniform(0.25, 1) * (1 - 0.45 * far),
      soft: 2.2,
      through: canvas.lung,
      opacity: rng.uniform(0.4, 1),
    });
  }
}

/** Fat and vessels between the lungs, from the breast bone to the spine; the right lung beyond. */
function paintMediastinum(
  canvas: Canvas,
  anatomy: Anatomy,
  level: number,
  { tissue, textures }: Palette,
  rng: RandomStream,
): void {
  const { chest } = anatomy;
  const front = chest.centreMm[1] - chest.halfSizeMm[1] + chest.fatMm + 14;
  const fat = {
    value: -0.72 * tissue.fat,
    texture: 0.16,
    tile: textures.coarse,
    rough: 3,
    soft: 3,
    through: canvas.cavity,
  };
  // From the breast bone down to the heart: a few lobes, each its own grey.
  for (let i = 0; i < 5; i++) {
    const down = i / 4;
    paintEllipse(canvas, {
      ...fat,
      value: fat.value * rng.uniform(0.55, 1.1),
      x: -44 + 26 * down + rng.uniform(-7, 7),
      y: (front + 8) * (1 - down) - 16 * down,
      rx: rng.uniform(5, 9) + chest.heartFatMm,
      ry: rng.uniform(8, 16),
      turn: -0.5 + rng.uniform(-0.4, 0.4),
    });
  }
  if (level > 0.35) {
    // Behind the heart, towards spine and aorta.
    paintEllipse(canvas, {
      ...fat,
      x: -22,
      y: 48,
      rx: 20 + chest.heartFatMm,
      ry: 26,
      turn: 0.4,
      opacity: Math.min(1, (level - 0.35) * 4),
    });
  }
  paintEllipse(canvas, {
    x: -62 + rng.uniform(-6, 6),
    y: front - 3,
    rx: 17,
    ry: 6,
    turn: -0.12,
    value: 0.03,
    tile: textures.medium,
    rough: 0.5,
  });
  paintEllipse(canvas, {
    x: -62 + rng.uniform(-6, 6),
    y: front - 3,
    rx: 14,
    ry: 3.8,
    turn: -0.12,
    value: -tissue.marrow * 1.2,
    texture: 0.1,
    tile: textures.medium,
  });
}
