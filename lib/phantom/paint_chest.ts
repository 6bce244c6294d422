/** Paints the chest around the heart: wall, lungs, belly, spine and vessels. */
import type { RandomStream } from "../random/random_stream.ts";
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
import { paintBelly } from "./paint_belly.ts";
import type { Palette } from "./paint_heart.ts";

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
    const medium = grain(canvas, textures.medium, x, y);
    const coarse = grain(canvas, textures.coarse, x, y);
    const radius = radiusAt(outline, place);
    const depth = radius - Math.sqrt(dx * dx + dy * dy) + 1.2 * coarse;
    if (depth < -pixelMm) return;
    const fatDepth = radiusAt(fat, place) + 0.7 * medium + 2.2 * coarse;
    const fine = grain(canvas, textures.fine, x, y);
    let value = 0;
    value += coverage(depth, pixelMm) * 0.3;
    const fatSignal = -tissue.fat * (1 + 0.05 * medium + 0.04 * fine + 0.06 * coarse);
    value += coverage(depth - 1.6, pixelMm) * (fatSignal - value);
    // Strands of connective tissue, long along the skin.
    const layer = grain(canvas, textures.medium, 2.2 * depth, 45 * angle);
    const strand = Math.max(0, layer - 1.1);
    value *= 1 - Math.min(0.7, 0.5 * strand) * coverage(depth - 4, 3);
    const wall = depth - fatDepth;
    if (wall > -2) {
      const muscleDepth = radiusAt(muscle, place);
      const seam = Math.max(0, 1 - Math.abs(wall - 0.42 * muscleDepth + 1.5 * medium) / 1.3);
      const fibre = grain(canvas, textures.medium, 2.4 * wall + 80, 40 * angle);
      const flesh = tissue.muscle * (1 + 0.12 * medium + 0.1 * fine + 0.12 * fibre) -
        0.45 * Math.max(0, fibre - 0.9) * tissue.fat;
      value += coverage(wall, pixelMm * 1.2) * (flesh - value);
      value += 0.75 * seam * coverage(wall - 2, 2) * (-0.7 * tissue.fat - value);
      // Ribs, cut across at the wall's inner side: marrow in a dark shell.
      const across = Math.cos(ribs * angle + ribWave + 0.8 * coarse);
      const out = Math.abs(wall - (muscleDepth - 4.5)) / 4.2;
      const rib = Math.min(1 - out, (across - 0.25) * 1.6) + 0.12 * medium;
      if (rib > -0.1) {
        value += 0.85 * coverage(rib, 0.6) * (0.05 - value);
        value += coverage(rib - 0.4, 0.5) * (tissue.marrow * -1 - value);
      }
      const inward = wall - muscleDepth;
      value += coverage(inward + 1.8, 2) * (-0.5 * tissue.fat - value);
      const air = coverage(inward - 0.4 + 0.3 * fine, pixelMm * 1.2);
      const breath = tissue.lung * (1 + 0.25 * medium + 0.2 * coarse + 0.25 * fine);
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

/** The spine with its canal, the muscles beside it, the aorta and the gullet before it. */
function paintSpine(
  canvas: Canvas,
  anatomy: Anatomy,
  level: number,
  { tissue, textures }: Palette,
  rng: RandomStream,
): void {
  const { chest } = anatomy;
  const back = chest.centreMm[1] + chest.halfSizeMm[1] - chest.fatMm;
  const x = -52 + rng.uniform(-8, 8) - 10 * (1 - level);
  const y = back - 44;
  const rough = { tile: textures.medium, rough: 0.8 };
  for (const side of [-1, 1]) {
    paintEllipse(canvas, {
      ...rough,
      x: x + side * 26,
      y: y + 30,
      rx: 23,
      ry: 14,
      turn: side * 0.25,
      value: tissue.muscle,
      texture: 0.18,
    });
  }
  const tilt = rng.uniform(-0.2, 0.2);
  paintEllipse(canvas, { ...rough, x, y: y + 26, rx: 6, ry: 20, turn: tilt, value: 0.04 });
  paintEllipse(canvas, {
    ...rough,
    x,
    y: y + 28,
    rx: 3.5,
    ry: 16,
    turn: tilt,
    value: tissue.marrow * -0.9,
  });
  paintEllipse(canvas, { ...rough, x, y, rx: 19.8, ry: 15.2, turn: tilt, value: 0.06 });
  const disc = 0.75 + 0.25 * Math.sin(level * 9 + rng.uniform(0, 6));
  paintEllipse(canvas, {
    ...rough,
    x,
    y,
    rx: 18.5,
    ry: 14,
    turn: tilt,
    value: tissue.marrow * disc,
    texture: 0.12,
  });
  paintEllipse(canvas, { ...rough, x, y: y + 21, rx: 9, ry: 6.6, value: 0.05 });
  paintEllipse(canvas, { x, y: y + 21, rx: 7.6, ry: 5.4, value: tissue.blood * 0.9, soft: 2.4 });
  paintEllipse(canvas, { x, y: y + 21.5, rx: 4.6, ry: 3.2, value: tissue.muscle * 2, soft: 2.4 });

  const aorta = { x: x + 27, y: y - 15, rx: chest.aortaMm, ry: chest.aortaMm * 0.94 };
  paintEllipse(canvas, { ...aorta, rx: aorta.rx + 1, ry: aorta.ry + 1, value: tissue.muscle });
  paintEllipse(canvas, {
    ...aorta,
    value: tissue.blood,
    texture: 0.07,
    tile: textures.coarse,
    rough: 0.5,
    soft: 2.2,
  });
  const gullet = { x: aorta.x - 5, y: aorta.y - chest.aortaMm - 8, ...rough };
  paintEllipse(canvas, { ...gullet, rx: 8, ry: 5, value: tissue.muscle * 1.5, texture: 0.2 });
}

/** The upper arm beside the trunk: skin, fat, muscle and bone. */
function paintArm(
  canvas: Canvas,
  anatomy: Anatomy,
  level: number,
  { tissue, textures }: Palette,
): void {
  const { chest } = anatomy;
  const arm = {
    x: chest.centreMm[0] + chest.halfSizeMm[0] + 33 - 26 * (1 - level),
    y: chest.centreMm[1] + 48,
    tile: textures.coarse,
    rough: 1,
    turn: 0.5,
  };
  const fat = 0.5 * chest.fatMm;
  paintEllipse(canvas, { ...arm, rx: 40, ry: 31, value: 0.3 });
  paintEllipse(canvas, { ...arm, rx: 38.5, ry: 29.5, value: -tissue.fat, texture: 0.05 });
  paintEllipse(canvas, {
    ...arm,
    rx: 37 - fat,
    ry: 28 - fat,
    value: tissue.muscle,
    texture: 0.15,
  });
  paintEllipse(canvas, { ...arm, rough: 0, rx: 9, ry: 8, value: 0.03 });
  paintEllipse(canvas, { ...arm, rough: 0, rx: 6, ry: 5, value: -0.8 * tissue.fat });
}
