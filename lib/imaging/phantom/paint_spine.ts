/** Paints the spine and what lies before it. */
import type { RandomStream } from "../../base/random/random_stream.ts";
import type { Anatomy } from "./anatomy.ts";
import { type Canvas, paintEllipse } from "./canvas.ts";
import type { Palette } from "./paint_heart.ts";

/**
 * Paints the spine with its canal, the muscles beside it, the aorta and the gullet before it.
 *
 * @param canvas The slice, its trunk and belly painted.
 * @param anatomy The body.
 * @param level The slice's height: 0 at the apex, 1 at the base of the heart.
 * @param palette Signals and textures.
 * @param rng The stream of the spine's place and tilt, the same for every slice.
 */
export function paintSpine(
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
