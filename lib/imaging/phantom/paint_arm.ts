/** Paints the upper arm beside the trunk. */
import type { Anatomy } from "./anatomy.ts";
import { type Canvas, paintEllipse } from "./canvas.ts";
import type { Palette } from "./paint_heart.ts";

/**
 * Paints the arm: skin, fat, muscle and bone.
 *
 * @param canvas The slice, its trunk painted.
 * @param anatomy The body.
 * @param level The slice's height: 0 at the apex, 1 at the base of the heart.
 * @param palette Signals and textures.
 */
export function paintArm(
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
