import { assert } from "../../deps.ts";
import { sampleAnatomy } from "../../../lib/imaging/phantom/anatomy.ts";
import type { Canvas } from "../../../lib/imaging/phantom/canvas.ts";
import { heartSlice } from "../../../lib/imaging/phantom/heart_shape.ts";
import { paintHeart } from "../../../lib/imaging/phantom/paint_heart.ts";
import { SITES } from "../../../lib/imaging/phantom/sites.ts";
import { makeTextures } from "../../../lib/imaging/phantom/texture.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

const size = 110, pixelMm = 1.2;
const drawn = sampleAnatomy(RandomStream.fromSeed(6));
const anatomy = { ...drawn, left: { ...drawn.left, papillaryMm: [4, 4] as const } };
const textures = makeTextures(1);

function paint(level: number): Canvas {
  const canvas: Canvas = {
    signal: new Float32Array(size * size),
    label: new Uint8Array(size * size),
    cavity: new Float32Array(size * size).fill(1),
    lung: new Float32Array(size * size).fill(1),
    width: size,
    height: size,
    pixelMm,
    originMm: [-size * pixelMm / 2, -size * pixelMm / 2],
    textureMm: [0, 0],
  };
  const slice = heartSlice(anatomy, "ED", level * anatomy.left.lengthMm, 10);
  const rng = RandomStream.fromSeed(1);
  paintHeart(canvas, anatomy, slice, { tissue: SITES.A.tissue, textures }, rng);
  return canvas;
}

Deno.test("paintHeart() labels papillary muscles, dark as they are, as the left cavity", () => {
  const { signal, label } = paint(0.45);
  const { blood, myocardium } = SITES.A.tissue;
  const middle = (blood + myocardium) / 2;
  let dark = 0, bright = 0;
  label.forEach((code, i) => {
    if (code === 1) signal[i]! < middle ? dark++ : bright++;
  });
  assert(dark * pixelMm ** 2 > 40, `${dark} dark pixels`);
  assert(bright > 3 * dark);
});

Deno.test("paintHeart() has no labels above the valves and below the apex", () => {
  for (const level of [1.05, -0.4]) {
    const { signal, label } = paint(level);
    assert(label.every((code) => code === 0));
    assert(signal.some((value) => value !== 0), "fat, and above the valves atria, are shown");
  }
});
