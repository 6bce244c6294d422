/**
 * The gradient of a convolution's filter: for each tap, one map shifted by it, transposed, times the
 * other. A workgroup makes a tile of one tap's product over a chunk of pixels; the chunks are added up
 * afterwards, in order (sums.ts). How many there are depends on shapes alone, and a chunk's pixels are
 * added one after the other, whatever the tile.
 *
 * `source` is the map that taps shift, [batch, inHeight, inWidth, ci], `other` stays,
 * [batch, outHeight, outWidth, co]; of both, the one that a convolution read is normalised.
 */
import { AXIS, AXIS_CODE } from "./axes.ts";
import { MAPS } from "./convolve.ts";
import type { Kernel } from "./kernel.ts";

/** What a workgroup takes; a thread makes 4 x 4 entries. */
export interface FilterTile {
  /** Channels of both maps, a multiple of 4. */
  readonly side: number;
  /** Pixels that lie in the workgroup's memory at once. */
  readonly block: number;
}

/** Which map is normalised. */
export const NORMALISED = { none: 0, source: 1, other: 2 } as const;

/** The kernel of a tile. `affine` counts where a map is normalised. */
export function filterGradientKernel({ side, block }: FilterTile): Kernel {
  const rows = [0, 1, 2, 3], across = side / 4, threads = across * across;
  return {
    name: `filterGradient ${side}x${block}`,
    inputs: { source: "f32", other: "f32", affine: "f32" },
    outputs: { partials: "f32" },
    sizes: [...MAPS, ...AXIS, "chunkPixels", "chunks", "normalised"],
    factors: ["slope"],
    threads,
    before: `${AXIS_CODE}
var<workgroup> place: array<i32, ${block}>;
var<workgroup> left: array<f32, ${block * side}>;
var<workgroup> right: array<vec4<f32>, ${block * across}>;
fn act(v: f32, c: u32, channels: u32) -> f32 {
  let w = fma(v, affine[c], affine[channels + c]);
  return max(w, w * u.slope);
}
fn otherAt(p: u32, o: u32) -> f32 {
  if (o >= u.co) { return 0.0; }
  let v = other[p * u.co + o];
  if (u.normalised == ${NORMALISED.other}u) { return act(v, o, u.co); }
  return v;
}
fn write(i: u32, o: u32, base: u32, sum: vec4<f32>) {
  if (i >= u.ci) { return; }
  for (var n = 0u; n < 4u * u.one; n++) {
    if (o + n < u.co) { partials[base + i * u.co + o + n] = sum[n]; }
  }
}`,
    body: `
  let tapsInAll = u.taps * u.taps;
  let tap = group.z % tapsInAll;
  let chunk = group.z / tapsInAll;
  let ty = i32(tap / u.taps);
  let tx = i32(tap % u.taps);
  let firstI = group.x * ${side}u;
  let firstO = group.y * ${side}u;
  let area = u.outHeight * u.outWidth;
  let start = chunk * u.chunkPixels;
  let end = min(start + u.chunkPixels, u.batch * area);
  let threadI = (lane / ${across}u) * 4u;
  let threadO = lane % ${across}u;
  ${rows.map((r) => `var sum${r} = vec4<f32>(0.0);`).join("\n  ")}
  for (var first = start; first < end; first += ${block}u) {
    for (var m = lane; m < ${block}u * u.one; m += ${threads}u) {
      let p = first + m;
      let inImage = p % area;
      let sy = readFrom(i32(inImage / u.outWidth), ty, i32(u.inHeight));
      let sx = readFrom(i32(inImage % u.outWidth), tx, i32(u.inWidth));
      let at = ((i32(p / area) * i32(u.inHeight) + sy) * i32(u.inWidth) + sx) * i32(u.ci);
      place[m] = select(-1, at, p < end && sy >= 0 && sx >= 0);
    }
    workgroupBarrier();
    for (var e = lane; e < ${block * side}u * u.one; e += ${threads}u) {
      let k = e / ${side}u;
      let c = firstI + e % ${side}u;
      var v = 0.0;
      if (place[k] >= 0 && c < u.ci) {
        v = source[u32(place[k]) + c];
        if (u.normalised == ${NORMALISED.source}u) { v = act(v, c, u.ci); }
      }
      left[e] = v;
    }
    for (var e = lane; e < ${block * across}u * u.one; e += ${threads}u) {
      let p = first + e / ${across}u;
      let o = firstO + (e % ${across}u) * 4u;
      var w = vec4<f32>(0.0);
      if (p < end) {
        w = vec4<f32>(otherAt(p, o), otherAt(p, o + 1u), otherAt(p, o + 2u), otherAt(p, o + 3u));
      }
      right[e] = w;
    }
    workgroupBarrier();
    for (var k = 0u; k < ${block}u * u.one; k++) {
      let w = right[k * ${across}u + threadO];
      let at = k * ${side}u + threadI;
      ${rows.map((r) => `sum${r} = fma(vec4<f32>(left[at + ${r}u]), w, sum${r});`).join("\n      ")}
    }
    workgroupBarrier();
  }
  let base = (chunk * tapsInAll + tap) * u.ci * u.co;
  let o = firstO + threadO * 4u;
  ${rows.map((r) => `write(firstI + threadI + ${r}u, o, base, sum${r});`).join("\n  ")}`,
  };
}
