import { arg } from "../band";
import { addRowStatistics } from "../statistics";
import { forwardTiles, LANES, PIXELS } from "../tile";
import { outputLine } from "./lines";
import { IN, OUT, PRODUCTS, transformInput } from "./transform";

/**
 * A 3 x 3 convolution of stride 1 and padding 1 by Winograd's F(4 x 4, 3 x 3), [n, height, width,
 * ci] to [n, height, width, co], both channel counts multiples of 4: 36 products for 16 outputs
 * where the sums themselves take 144.
 *
 * A chunk is a range of tile rows over all images: its tiles are transformed, multiplied, product by
 * product, as one matrix [tiles, ci] by the packed [ci, co], and transformed back. Statistics as in
 * `convolve`. Packed weights: [36][co / 8][ci][8].
 */
export function winogradConvolve(args: usize, chunk: i32, lane: i32): void {
  const input = <usize>arg(args, 0);
  const images = arg(args, 1), height = arg(args, 2), width = arg(args, 3), ci = arg(args, 4);
  const output = <usize>arg(args, 5), co = arg(args, 6);
  const weights = <usize>arg(args, 7), bias = <usize>arg(args, 8);
  const chunkRows = arg(args, 9);
  const scale = <usize>arg(args, 10), shift = <usize>arg(args, 11), slope = load<f32>(args + 48);
  const statistics = <usize>arg(args, 13);
  const scratch = <usize>arg(args, 14) + <usize>lane * <usize>arg(args, 15);
  const planeTiles = arg(args, 16);

  const tilesX = (width + OUT - 1) / OUT, tilesY = (height + OUT - 1) / OUT;
  const firstRow = chunk * chunkRows, lastRow = min(firstRow + chunkRows, images * tilesY);
  const coPadded = (co + LANES - 1) & ~(LANES - 1);
  const inPixel = <usize>ci << 2, outPixel = <usize>co << 2, product = <usize>coPadded << 2;
  // Planes a multiple of the page size apart would fight for the same cache lines.
  const inPlane = <usize>planeTiles * inPixel + 64, outPlane = <usize>planeTiles * product + 64;
  const work = scratch, zeros = scratch + 512;
  const tiles = scratch + 576, products = tiles + <usize>PRODUCTS * inPlane;
  const bands = products;
  transformInput(
    input, height, width, ci, firstRow, lastRow, scale, shift, slope, bands, tiles, inPlane,
  );

  const count = (lastRow - firstRow) * tilesX;
  const weightPlane = <usize>coPadded * inPixel;
  memory.fill(zeros, 0, LANES << 2);
  for (let f: usize = 0; f < <usize>PRODUCTS; f++) {
    for (let c: usize = 0; c < <usize>coPadded; c += LANES) {
      const w = weights + f * weightPlane + c * inPixel;
      forwardTiles(
        tiles + f * inPlane, 0, inPixel, 1, ci, w, zeros, products + f * outPlane + (c << 2),
        product, (count + PIXELS - 1) / PIXELS,
      );
    }
  }

  const sums = statistics + (<usize>(chunk * 2 * co) << 3);
  if (statistics != 0) memory.fill(sums, 0, <usize>(2 * co) << 3);
  const rowBytes = <usize>width * outPixel;
  let tile = products;
  for (let row = firstRow; row < lastRow; row++) {
    const y = (row % tilesY) * OUT, rows = min(OUT, height - y);
    const out = output + <usize>(row / tilesY * height + y) * rowBytes;
    for (let t = 0; t < tilesX; t++) {
      const columns = min(OUT, width - t * OUT);
      const at = out + <usize>(t * OUT) * outPixel;
      for (let c: usize = 0; c < outPixel; c += 16) {
        const b = v128.load(bias + c), zero = f32x4.splat(0);
        for (let j: usize = 0; j < <usize>IN; j++) {
          outputLine(tile + c + j * outPlane, IN * outPlane, zero, work + (j << 4), IN << 4, OUT);
        }
        for (let q = 0; q < rows; q++) {
          outputLine(
            work + <usize>(q * IN << 4), 16, b, at + <usize>q * rowBytes + c, outPixel, columns,
          );
        }
      }
      tile += product;
    }
    if (statistics != 0) {
      for (let q = 0; q < rows; q++) {
        addRowStatistics(
          out + <usize>q * rowBytes, width, outPixel, co, sums, sums + (<usize>co << 3),
        );
      }
    }
  }
}
