import { assertAlmostEquals, assertEquals } from "../../deps.ts";
import {
  type Canvas,
  coverage,
  paintEllipse,
  polar,
  polarPlace,
  radiusAt,
} from "../../../lib/imaging/phantom/canvas.ts";

function blank(size: number, pixelMm: number): Canvas {
  const origin = -(size - 1) / 2 * pixelMm;
  return {
    signal: new Float32Array(size * size),
    label: new Uint8Array(size * size),
    cavity: new Float32Array(size * size),
    lung: new Float32Array(size * size),
    width: size,
    height: size,
    pixelMm,
    originMm: [origin, origin],
    textureMm: [0, 0],
  };
}

Deno.test("coverage() is a half at the edge and 0 or 1 away from it", () => {
  assertEquals([-1, -0.5, 0, 0.25, 0.5, 3].map((d) => coverage(d, 1)), [0, 0, 0.5, 0.75, 1, 1]);
});

Deno.test("paintEllipse() covers the ellipse's area, whatever its turn and the pixel's size", () => {
  for (const [size, pixelMm] of [[41, 1], [31, 1.7]] as const) {
    for (const turn of [0, 0.6, 1.6]) {
      const canvas = blank(size, pixelMm);
      paintEllipse(canvas, { x: 1.3, y: -2.1, rx: 14, ry: 7, turn, value: 2 });
      const area = canvas.signal.reduce((sum, value) => sum + value, 0) * pixelMm ** 2 / 2;
      assertAlmostEquals(area, Math.PI * 14 * 7, 0.02 * Math.PI * 14 * 7);
    }
  }
});

Deno.test("paintEllipse() is seen only through the shares it is given", () => {
  const canvas = blank(11, 1);
  const through = new Float32Array(121);
  through[5 * 11 + 5] = 0.5;
  paintEllipse(canvas, { x: 0, y: 0, rx: 4, ry: 4, value: 1, through });
  assertEquals(canvas.signal[60], 0.5);
  assertEquals(canvas.signal.reduce((sum, value) => sum + value, 0), 0.5);
});

Deno.test("radiusAt() reads an outline at any angle from -pi to pi", () => {
  const outline = polar((angle) => 10 + Math.cos(angle) + 2 * Math.sin(angle));
  for (const angle of [-Math.PI, -2, -0.001, 0, 0.4, 3, Math.PI]) {
    const wanted = 10 + Math.cos(angle) + 2 * Math.sin(angle);
    assertAlmostEquals(radiusAt(outline, polarPlace(angle)), wanted, 1e-3);
  }
});
