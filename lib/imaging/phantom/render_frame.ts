/** Makes one frame of the phantom: image and label, of numbers alone. */
import { RandomStream } from "../../base/random/random_stream.ts";
import type { Volume } from "../../base/volume/volume.ts";
import type { Acquisition } from "./acquisition.ts";
import type { Anatomy } from "./anatomy.ts";
import type { Canvas } from "./canvas.ts";
import { heartSlice, type Phase } from "./heart_shape.ts";
import { paintChest } from "./paint_chest.ts";
import { paintHeart } from "./paint_heart.ts";
import { scanSlice } from "./scanner.ts";
import { storedGrid, storeSlice } from "./storage.ts";
import { makeTextures } from "./texture.ts";

/** A frame of a cine scan with its truth. */
export interface PhantomFrame {
  /** The image as stored, whole numbers from 0. */
  readonly image: Volume<Int16Array>;
  /** The classes on the same grid: 0 background, 1 LV, 2 MYO, 3 RV; papillary muscles are LV. */
  readonly label: Volume<Uint8Array>;
}

/**
 * Makes a frame. The same arguments give the same voxels.
 *
 * @param anatomy The body.
 * @param acquisition The scan's settings.
 * @param phase End diastole or end systole.
 */
export function renderFrame(
  anatomy: Anatomy,
  acquisition: Acquisition,
  phase: Phase,
): PhantomFrame {
  const { matrix: [width, height, slices], pixelMm, sliceMm, tissue } = acquisition;
  const { shape, affine } = storedGrid(acquisition);
  const count = width * height * slices;
  const image = new Int16Array(count), label = new Uint8Array(count);
  const palette = { tissue, textures: makeTextures(anatomy.chest.detailSeed) };
  const details = RandomStream.fromSeed(anatomy.chest.detailSeed);
  const layers = {
    signal: new Float32Array(width * height),
    label: new Uint8Array(width * height),
    cavity: new Float32Array(width * height),
    lung: new Float32Array(width * height),
  };
  for (let k = 0; k < slices; k++) {
    const above = acquisition.firstSliceMm + k * sliceMm;
    const breath = acquisition.breathMm[k]!;
    const offsets = details.stream("texture", k);
    // One set for all slices: the memory of many would have to be collected.
    for (const layer of Object.values(layers)) layer.fill(0);
    const canvas: Canvas = {
      ...layers,
      width,
      height,
      pixelMm,
      originMm: [
        -(width - 1) / 2 * pixelMm - acquisition.heartMm[0] - breath[0],
        -(height - 1) / 2 * pixelMm - acquisition.heartMm[1] - breath[1],
      ],
      textureMm: [offsets.integer(0, 255), offsets.integer(0, 255)],
    };
    paintChest(canvas, anatomy, above / anatomy.left.lengthMm, palette, details.stream("chest"), k);
    const heart = heartSlice(anatomy, phase, above, sliceMm);
    paintHeart(canvas, anatomy, heart, palette, details.stream("heart", k));
    scanSlice(canvas.signal, acquisition, k, phase === "ED" ? 0 : 1);
    const scale = acquisition.fullScale;
    storeSlice(canvas.signal, image, acquisition, k, (v) => Math.min(32767, Math.round(v * scale)));
    storeSlice(canvas.label, label, acquisition, k, (v) => v);
  }
  return { image: { data: image, shape, affine }, label: { data: label, shape, affine } };
}
