/**
 * A convolution as one product of matrices that are never stored: pixels by taps and channels, times
 * taps and channels by output channels. A workgroup makes a tile of the product from blocks of both in
 * its own memory, and reads the map normalised and activated. Each sum runs over taps, then channels,
 * in order, whatever the tile.
 */
import { AXIS, AXIS_CODE } from "./axes.ts";
import type { Kernel } from "./kernel.ts";

/** What a workgroup takes; a thread makes 4 channels of `own` pixels. */
export interface Tile {
  readonly pixels: number;
  readonly channels: number;
  readonly own: number;
  /** Channels of the map that lie in the workgroup's memory at once. */
  readonly block: number;
}

/** The sizes that both kernels of convolutions are told. */
export const MAPS = ["batch", "inHeight", "inWidth", "ci", "outHeight", "outWidth", "co"] as const;

/**
 * The kernel of a tile. `affine` counts where `normalised` is 1, `bias` where `biased` is: otherwise
 * they may be any buffers.
 */
export function convolveKernel({ pixels, channels, own, block }: Tile): Kernel {
  const across = channels / 4, threads = pixels / own * across;
  const each = (text: (r: number) => string, indent: string) =>
    Array.from({ length: own }, (_, r) => text(r)).join(`\n${indent}`);
  return {
    name: `convolve ${pixels}x${channels}x${own}x${block}`,
    inputs: { x: "f32", weights: "f32", bias: "f32", affine: "f32" },
    outputs: { y: "f32" },
    sizes: [
      ...MAPS,
      ...AXIS,
      ...["positionStride", "ciStride", "coStride", "normalised", "biased"],
    ],
    factors: ["slope"],
    threads,
    before: `${AXIS_CODE}
var<workgroup> place: array<i32, ${pixels}>;
var<workgroup> left: array<f32, ${pixels * block}>;
var<workgroup> right: array<vec4<f32>, ${across * block}>;
/** Image, row and column of a pixel, or an image below 0. */
fn pixelAt(p: u32, phase: i32) -> vec3<i32> {
  let columns = u.outWidth / u.phases;
  let area = columns * (u.outHeight / u.phases);
  let image = select(-1, i32(p / area), p < area * u.batch);
  let inImage = p % area;
  let phases = i32(u.phases);
  let row = i32(inImage / columns) * phases + (phase >> 1u);
  return vec3<i32>(image, row, i32(inImage % columns) * phases + (phase & 1));
}
fn weightAt(at: u32, o: u32) -> f32 {
  if (o >= u.co) { return 0.0; }
  return weights[at + o * u.coStride];
}
fn write(at: vec3<i32>, o: u32, sum: vec4<f32>) {
  if (at.x < 0) { return; }
  let pixel = (u32(at.x) * u.outHeight + u32(at.y)) * u.outWidth + u32(at.z);
  for (var i = 0u; i < 4u * u.one; i++) {
    if (o + i < u.co) {
      var v = sum[i];
      if (u.biased == 1u) { v += bias[o + i]; }
      y[pixel * u.co + o + i] = v;
    }
  }
}`,
    body: `
  let tilesAcross = (u.co + ${channels - 1}u) / ${channels}u;
  let phase = i32(group.z / tilesAcross);
  let firstChannel = (group.z % tilesAcross) * ${channels}u;
  let firstPixel = (group.y * groups.x + group.x) * ${pixels}u;
  let threadPixel = (lane / ${across}u) * ${own}u;
  let threadChannel = lane % ${across}u;
  ${each((r) => `var sum${r} = vec4<f32>(0.0);`, "  ")}
  for (var ty = 0; ty < i32(u.taps); ty++) {
    if (!used(phase >> 1u, ty)) { continue; }
    for (var tx = 0; tx < i32(u.taps); tx++) {
      if (!used(phase & 1, tx)) { continue; }
      for (var m = lane; m < ${pixels}u * u.one; m += ${threads}u) {
        let pixel = pixelAt(firstPixel + m, phase);
        let sy = readFrom(pixel.y, ty, i32(u.inHeight));
        let sx = readFrom(pixel.z, tx, i32(u.inWidth));
        let at = ((pixel.x * i32(u.inHeight) + sy) * i32(u.inWidth) + sx) * i32(u.ci);
        place[m] = select(-1, at, pixel.x >= 0 && sy >= 0 && sx >= 0);
      }
      workgroupBarrier();
      let tap = u32(position(ty) * i32(u.positions) + position(tx)) * u.positionStride;
      for (var first = 0u; first < u.ci; first += ${block}u) {
        for (var e = lane; e < ${pixels * block}u * u.one; e += ${threads}u) {
          let m = e / ${block}u;
          let c = first + e % ${block}u;
          var v = 0.0;
          if (place[m] >= 0 && c < u.ci) {
            v = x[u32(place[m]) + c];
            if (u.normalised == 1u) {
              v = fma(v, affine[c], affine[u.ci + c]);
              v = max(v, v * u.slope);
            }
          }
          left[(e % ${block}u) * ${pixels}u + m] = v;
        }
        for (var e = lane; e < ${across * block}u * u.one; e += ${threads}u) {
          let c = first + e / ${across}u;
          let o = firstChannel + (e % ${across}u) * 4u;
          let at = tap + c * u.ciStride;
          var w = vec4<f32>(0.0);
          if (c < u.ci) {
            w = vec4<f32>(
              weightAt(at, o), weightAt(at, o + 1u), weightAt(at, o + 2u), weightAt(at, o + 3u));
          }
          right[e] = w;
        }
        workgroupBarrier();
        let most = min(${block}u, u.ci - first);
        for (var k = 0u; k < most; k++) {
          let w = right[k * ${across}u + threadChannel];
          let at = k * ${pixels}u + threadPixel;
          ${each((r) => `sum${r} = fma(vec4<f32>(left[at + ${r}u]), w, sum${r});`, "          ")}
        }
        workgroupBarrier();
      }
    }
  }
  let o = firstChannel + threadChannel * 4u;
  ${each((r) => `write(pixelAt(firstPixel + threadPixel + ${r}u, phase), o, sum${r});`, "  ")}`,
  };
}
