import { WinogradConvolveArguments } from "../arguments";
import { forwardTiles } from "../forward_tile";
import { IN, LANES, OUT, PIXELS, PLANE_GAP, PRODUCTS, WORK_BYTES } from "../sizes";
import { addRowStatistics } from "../statistics";
import { leaky } from "../band";
import { outputLine } from "./lines";
import { vanishing } from "./phases";
import { bandBytes, transformInput } from "./transform_input";

/**
 * A 3 x 3 convolution of stride 1 and padding 1 by Winograd's F(4 x 4, 3 x 3), [n, height, width,
 * ci] to [n, height, width, co], channel counts multiples of 8: 36 products for 16 outputs where the
 * sums themselves take 144. Input or output may be the large map of an up-sampling convolution (see
 * phases.ts): then it has two phases, and ci or co counts the channels of one.
 *
 * A chunk is a range of tile rows over all images: its tiles are transformed, multiplied, product by
 * product, as one matrix [tiles, ci] by the packed [ci, co], and transformed back. Where `activated`,
 * outputs become leaky(y + skip): the skip map, 0 for none, has their shape or, with `skipDoubled`, half
 * the height and width, and is read by nearest neighbour (one phase alone, height even). Statistics as in
 * `convolve`, of what is written. Packed weights: those of `winogradPack`, all phases' channels.
 */
export function winogradConvolve(args: WinogradConvolveArguments, chunk: i32, lane: i32): void {
  const input = args.input, images = args.images, height = args.height, width = args.width;
  const ci = args.ci, inPhases = args.inPhases, co = args.co, outPhases = args.outPhases;
  const output = args.output, weights = args.weights;
  const bias = args.bias, statistics = args.statistics;
  const chunkRows = args.chunkRows, planeTiles = args.planeTiles;
  const scale = args.scale, shift = args.shift, slope = args.slope;
  const activated = args.activated, outSlope = args.outSlope;
  const skip = args.skip, skipDoubled = args.skipDoubled;
  const scratch = args.scratch + <usize> lane * args.scratchBytes;

  const tilesX = (width + OUT - 1) / OUT, tilesY = (height + OUT - 1) / OUT;
  const firstRow = chunk * chunkRows, lastRow = min(firstRow + chunkRows, images * tilesY);
  const depth = inPhases * ci, channels = outPhases * co;
  const tileBytes = <usize> depth << 2, productBytes = <usize> channels << 2;
  const inPlane = <usize> planeTiles * tileBytes + PLANE_GAP;
  const outPlane = <usize> planeTiles * productBytes + PLANE_GAP;
  const weightPlane = <usize> channels * tileBytes + PLANE_GAP;
  const work = scratch, zeros = scratch + WORK_BYTES - (LANES << 2);
  const tiles = scratch + WORK_BYTES, products = tiles + <usize> PRODUCTS * inPlane;
  const bands = products;
  assert(ci % LANES == 0 && co % LANES == 0);
  assert(skip == 0 || (activated != 0 && outPhases == 1));
  assert(skipDoubled == 0 || height % 2 == 0);
  assert((lastRow - firstRow) * tilesX <= planeTiles);
  assert(products + <usize> PRODUCTS * outPlane <= scratch + args.scratchBytes);
  assert(bands + bandBytes(width, ci) <= scratch + args.scratchBytes);
  transformInput(
    input,
    inPhases,
    height,
    width,
    ci,
    firstRow,
    lastRow,
    scale,
    shift,
    slope,
    bands,
    tiles,
    inPlane,
  );

  const count = (lastRow - firstRow) * tilesX, groups = (count + PIXELS - 1) / PIXELS;
  memory.fill(zeros, 0, LANES << 2);
  for (let i = 0; i < IN; i++) {
    for (let j = 0; j < IN; j++) {
      const f = <usize> (i * IN + j);
      // Of an input in phases: the parities whose products do not vanish.
      let rows = 1, row = 0, deep = ci, k = 0;
      if (inPhases == 2) {
        rows = i == 0 || i == 5 ? 1 : 2;
        row = i == vanishing(0, true) ? 1 : 0;
        deep = j == 0 || j == 5 ? ci >> 1 : ci;
        k = j == vanishing(0, true) ? ci >> 1 : 0;
      }
      const first = <usize> (row * ci + k);
      const w = weights + f * weightPlane + (first * LANES << 2);
      const from = tiles + f * inPlane + (first << 2);
      const skip = <usize> ((ci - deep) * LANES) << 2;
      for (let c = 0; c < channels; c += LANES) {
        const to = products + f * outPlane + (<usize> c << 2);
        const half = co >> 1;
        if (
          outPhases == 2 &&
          (i == vanishing(c / co, false) || j == vanishing(c / half & 1, false))
        ) {
          clear(to, productBytes, count);
          continue;
        }
        forwardTiles(
          from,
          <usize> ci << 2,
          tileBytes,
          rows,
          deep,
          w + <usize> c * tileBytes,
          skip,
          zeros,
          to,
          productBytes,
          groups,
        );
      }
    }
  }

  const sums = statistics + (<usize> (chunk * 2 * co) << 3);
  if (statistics != 0) memory.fill(sums, 0, <usize> (2 * co) << 3);
  const pixelBytes = <usize> co << 2, rowBytes = <usize> width * pixelBytes;
  const stepBytes = <usize> outPhases * rowBytes;
  let tile = products;
  for (let row = firstRow; row < lastRow; row++) {
    const y = (row % tilesY) * OUT, rows = min(OUT, height - y);
    const out = output + <usize> (row / tilesY * height + y) * stepBytes;
    for (let t = 0; t < tilesX; t++) {
      const columns = min(OUT, width - t * OUT);
      for (let p: usize = 0; p < <usize> outPhases; p++) {
        const at = out + p * rowBytes + <usize> (t * OUT) * pixelBytes;
        const from = tile + p * pixelBytes;
        for (let c: usize = 0; c < pixelBytes; c += 32) {
          for (let j: usize = 0; j < <usize> IN; j++) {
            outputLine(
              from + c + j * outPlane,
              IN * outPlane,
              zeros,
              work + (j << 5),
              IN << 5,
              OUT,
            );
          }
          for (let r: usize = 0; r < <usize> rows; r++) {
            const line = work + r * (IN << 5), to = at + r * stepBytes + c;
            // Written twice, so that whole tiles ask for no count.
            if (columns == OUT) outputLine(line, 32, bias + c, to, pixelBytes, OUT);
            else outputLine(line, 32, bias + c, to, pixelBytes, columns);
            if (activated != 0) {
              const below = row / tilesY * height + y + <i32> r;
              let side: usize = 0;
              if (skip != 0) {
                side = skip + c +
                  (skipDoubled
                    ? <usize> (below >> 1) * (rowBytes >> 1) + <usize> (t * OUT >> 1) * pixelBytes
                    : <usize> below * rowBytes + <usize> (t * OUT) * pixelBytes);
              }
              finishLine(to, pixelBytes, columns, side, skipDoubled, outSlope);
            }
          }
        }
      }
      tile += productBytes;
    }
    if (statistics != 0) {
      for (let r = 0; r < rows * outPhases; r++) {
        addRowStatistics(
          out + <usize> r * rowBytes,
          width,
          pixelBytes,
          co,
          sums,
          sums + (<usize> co << 3),
        );
      }
    }
  }
}

/** Eight channels of some pixels, each `pixelBytes` from the last: leaky(v + skip). */
// @inline
function finishLine(
  to: usize,
  pixelBytes: usize,
  count: i32,
  side: usize,
  doubled: i32,
  slope: f32,
): void {
  const slopes = f32x4.splat(slope);
  for (let x = 0; x < count; x++) {
    let low = v128.load(to), high = v128.load(to, 16);
    if (side != 0) {
      low = f32x4.add(low, v128.load(side));
      high = f32x4.add(high, v128.load(side, 16));
      if (doubled == 0 || (x & 1) != 0) side += pixelBytes;
    }
    v128.store(to, leaky(low, slopes));
    v128.store(to, leaky(high, slopes), 16);
    to += pixelBytes;
  }
}

/** Zeros for a group of 8 channels of every tile. */
function clear(to: usize, tileBytes: usize, count: i32): void {
  const zero = f32x4.splat(0);
  for (let t = 0; t < count; t++) {
    v128.store(to, zero);
    v128.store(to, zero, 16);
    to += tileBytes;
  }
}
