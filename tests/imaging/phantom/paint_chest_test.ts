import { assert, assertEquals } from "../../deps.ts";
import { sampleAnatomy } from "../../../lib/imaging/phantom/anatomy.ts";
import type { Canvas } from "../../../lib/imaging/phantom/canvas.ts";
import { paintChest } from "../../../lib/imaging/phantom/paint_chest.ts";
import { SITES } from "../../../lib/imaging/phantom/sites.ts";
import { makeTextures } from "../../../lib/imaging/phantom/texture.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";

const size = 120, pixelMm = 2.5;
const anatomy = sampleAnatomy(RandomStream.fromSeed(4));
const textures = makeTextures(1);

function paint(level: number): Canvas {
  const canvas: Canvas = {
    signal: new Float32Array(size * size),
    label: new Uint8Array(size * size),
    cavity: new Float32Array(size * size),
    lung: new Float32Array(size * size),
    width: size,
    height: size,
    pixelMm,
    originMm: [-size * pixelMm / 2, -size * pixelMm / 2],
    textureMm: [0, 0],
  };
  const rng = RandomStream.fromSeed(9);
  paintChest(canvas, anatomy, level, { tissue: SITES.A.tissue, textures }, rng, 3);
  return canvas;
}

Deno.test("paintChest() lays air, fat and lung from outside to inside, and no labels", () => {
  const canvas = paint(0.7);
  assertEquals(canvas.signal[0], 0);
  // Down from above the heart: air, then fat (negative), then the cavity.
  const column = size / 2;
  const down = Array.from({ length: size / 2 }, (_, row) => row * size + column);
  const fat = down.findIndex((index) => canvas.signal[index]! < -0.4);
  const cavity = down.findIndex((index) => canvas.cavity[index]! > 0.9);
  assert(fat > 2 && cavity > fat, `fat from row ${fat}, cavity from row ${cavity}`);
  assert(canvas.label.every((code) => code === 0));
});

Deno.test("paintChest() shows less lung and more belly towards the apex", () => {
  const share = (level: number) => {
    const { lung, cavity } = paint(level);
    const sum = (values: Float32Array) => values.reduce((total, value) => total + value, 0);
    return sum(lung) / sum(cavity);
  };
  assert(share(0) < share(1) - 0.1, `${share(0)} at the apex, ${share(1)} at the base`);
});
