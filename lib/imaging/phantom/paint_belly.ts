/** Paints what lies under the diaphragm: liver, stomach, spleen, bowel and fat. */
import type { RandomStream } from "../../base/random/random_stream.ts";
import type { Anatomy } from "./anatomy.ts";
import { type Canvas, coverage, eachPixel, grain, paintEllipse } from "./canvas.ts";
import { polar, polarPlace, radiusAt } from "./canvas.ts";
import type { Palette } from "./paint_heart.ts";

/**
 * Paints the belly where the slice cuts it: little at the heart's base, most of it at the apex.
 *
 * @param canvas The slice, its trunk painted; the belly covers open lung alone.
 * @param anatomy The body.
 * @param level The slice's height: 0 at the apex, 1 at the base of the heart.
 * @param palette Signals and textures.
 * @param rng The stream of the organs, the same for every slice.
 */
export function paintBelly(
  canvas: Canvas,
  anatomy: Anatomy,
  level: number,
  palette: Palette,
  rng: RandomStream,
): void {
  const { tissue, textures } = palette;
  const { chest } = anatomy;
  const high = 1.05 - level + 0.5 * (chest.diaphragm - 0.5);
  // The heart rests on the dome, which falls away to the left and back towards the base.
  const x = -80 + 62 * high, y = 105 - 20 * high;
  const rx = 74 + 52 * high, ry = 62 + 14 * high;
  const turn = 0.12;
  const waves = [2, 3, 5].map((n) => ({ n, at: rng.uniform(0, 6.28), by: rng.uniform(1, 4) }));
  const outline = polar((angle) => {
    const a = Math.cos(angle - turn) / rx, b = Math.sin(angle - turn) / ry;
    return waves.reduce(
      (radius, { n, at, by }) => radius + by * Math.cos(n * angle + at),
      1 / Math.hypot(a, b),
    );
  });
  const organs = new Float32Array(canvas.signal.length);
  const liverSeen = new Float32Array(canvas.signal.length);
  const liverEnd = -32 + 46 * high + rng.uniform(-10, 10);
  const liverWave = rng.uniform(0, 5);
  const skirt = Math.max(0, 4 * chest.bellyFat - 1.5);
  const bellyFat = -0.72 * tissue.fat;
  eachPixel(canvas, x, y, Math.max(...outline) + 4, (index, px, py) => {
    if (canvas.lung[index] === 0) return;
    const dx = px - x, dy = py - y;
    const coarse = grain(canvas, textures.coarse, px, py);
    const medium = grain(canvas, textures.medium, px, py);
    const inside = radiusAt(outline, polarPlace(Math.atan2(dy, dx))) - Math.hypot(dx, dy) +
      1.5 * coarse;
    const dome = coverage(inside, canvas.pixelMm * 1.5) * canvas.lung[index]!;
    if (dome === 0) return;
    let value = canvas.signal[index]!;
    value += dome * (tissue.muscle - value);
    const within = coverage(inside - 1.5, canvas.pixelMm * 1.5) * canvas.lung[index]!;
    const fat = bellyFat * (1 + 0.1 * medium + 0.08 * coarse);
    value += within * (fat - value);
    // The liver fills the dome on the right; its left lobe ends in a wedge under the heart.
    const lobe = liverEnd - 0.75 * (py - 50) - px + 3 * coarse + liverWave * Math.sin(py / 17);
    const fine = grain(canvas, textures.fine, px, py);
    const liver = tissue.liver * (1 + 0.06 * coarse + 0.04 * medium + 0.05 * fine);
    const liverShare = within * coverage(lobe, 2.5) * coverage(inside - 1.5 - skirt, 2);
    value += liverShare * (liver - value);
    canvas.signal[index] = value;
    organs[index] = within * (1 - liverShare);
    liverSeen[index] = liverShare;
    canvas.lung[index]! *= 1 - dome;
  });
  paintOrgans(canvas, anatomy, high, palette, rng, organs);
  paintLiverVessels(canvas, high, palette, rng.stream("liver"), liverSeen);
}

function paintOrgans(
  canvas: Canvas,
  anatomy: Anatomy,
  high: number,
  { tissue, textures }: Palette,
  rng: RandomStream,
  through: Float32Array,
): void {
  const { chest } = anatomy;
  const shape = { tile: textures.coarse, rough: 1.8, soft: 2.2, through };
  const gap = 1 + 7 * chest.bellyFat;
  const low = { x: -20 + 20 * high, y: 84 - 8 * high };

  // Bowel behind and below: loops with a thin wall and varied filling.
  for (let i = 0; i < 6; i++) {
    const at = { x: low.x + rng.uniform(-30, 50), y: low.y + rng.uniform(15, 62) };
    const size = rng.uniform(8, 17);
    const filling = rng.choice([0.02, 0.3, 0.5, 0.85]) * tissue.blood;
    const turn = rng.uniform(0, 3);
    const slim = rng.uniform(0.55, 0.95);
    if (high < 0.35) continue;
    paintEllipse(canvas, {
      ...shape,
      ...at,
      rx: size,
      ry: size * slim,
      turn,
      value: tissue.muscle * 1.3,
    });
    paintEllipse(canvas, {
      ...shape,
      ...at,
      rx: size - 2.5,
      ry: size * slim - 2.5,
      turn,
      value: filling,
      texture: 0.2,
      tile: textures.medium,
    });
  }
  paintSpleenAndStomach(canvas, anatomy, high, { tissue, textures }, rng, gap, through);
}

/** Veins of the liver, and the great vein on its way to the heart. */
function paintLiverVessels(
  canvas: Canvas,
  high: number,
  { tissue, textures }: Palette,
  rng: RandomStream,
  through: Float32Array,
): void {
  const x = -84 + 8 * high, y = 84 - 4 * high;
  for (let i = 0; i < 34; i++) {
    const angle = rng.uniform(0, 6.28), far = Math.sqrt(rng.uniform()) * 0.95;
    const size = rng.uniform(0.6, 2.2);
    paintEllipse(canvas, {
      x: x + 75 * far * Math.cos(angle),
      y: y + 60 * far * Math.sin(angle),
      rx: size * rng.uniform(1, 3.5),
      ry: size,
      turn: rng.uniform(0, 3.1),
      value: tissue.blood * rng.uniform(0.6, 0.95),
      tile: textures.fine,
      rough: 0.4,
      soft: 2.4,
      opacity: rng.uniform(0.3, 0.9),
      through,
    });
  }
  paintEllipse(canvas, {
    x: -62,
    y: 58,
    rx: 12.5,
    ry: 8,
    turn: 0.5,
    value: tissue.blood * 0.9,
    texture: 0.08,
    tile: textures.coarse,
    rough: 1,
    soft: 2.2,
    through,
  });
}

function paintSpleenAndStomach(
  canvas: Canvas,
  anatomy: Anatomy,
  high: number,
  { tissue, textures }: Palette,
  rng: RandomStream,
  gap: number,
  through: Float32Array,
): void {
  const { chest } = anatomy;
  const shape = { tile: textures.coarse, rough: 1.5, soft: 2, through };
  paintEllipse(canvas, {
    ...shape,
    x: 42 + 12 * high,
    y: 100,
    rx: 36,
    ry: 20,
    turn: 0.9,
    value: tissue.liver * 0.88,
    texture: 0.08,
  });
  const stomach = {
    x: 2 + 14 * high + rng.uniform(-8, 8),
    y: 76 - 8 * high + rng.uniform(-4, 4),
    turn: rng.uniform(-0.4, 0.6),
  };
  const rx = rng.uniform(31, 44) - gap, ry = rng.uniform(21, 29) - gap * 0.5;
  paintEllipse(canvas, { ...shape, ...stomach, rx, ry, value: tissue.muscle * 1.35 });
  paintEllipse(canvas, {
    ...shape,
    ...stomach,
    rough: 2.4,
    tile: textures.medium,
    rx: rx - 4,
    ry: ry - 4,
    value: tissue.blood * chest.stomach,
    texture: 0.22,
  });
}
