import { fillBand } from "../band";
import { IN, OUT } from "../sizes";
import { inputLine, inputLineOf } from "./lines";

/** What the bands of transformInput and transformGradient take: rows of a tile, twice. */
export function bandBytes(width: i32, channels: i32): usize {
  const columns = OUT * ((width + OUT - 1) / OUT) + IN - OUT;
  return <usize> (2 * IN * columns * channels) << 2;
}

/**
 * The transformed tiles of consecutive tile rows, counted over all images of
 * [n, height, phases, width, channels]: to[product][tile][phase][channel], products `planeBytes`
 * apart. Each phase is a map of its own (see phases.ts). Values are normalised as by fillBand, zeros
 * stand around each image. `scratch` holds two bands of 6 rows of 4 tilesX + 2 columns.
 */
export function transformInput(
  input: usize,
  phases: i32,
  height: i32,
  width: i32,
  channels: i32,
  firstRow: i32,
  lastRow: i32,
  scale: usize,
  shift: usize,
  slope: f32,
  scratch: usize,
  to: usize,
  planeBytes: usize,
): void {
  const tilesX = (width + OUT - 1) / OUT, tilesY = (height + OUT - 1) / OUT;
  const pixelBytes = <usize> channels << 2, tileBytes = <usize> phases * pixelBytes;
  const bandColumns = OUT * tilesX + IN - OUT;
  const rowBytes = <usize> bandColumns * pixelBytes;
  const imageRowBytes = <usize> width * pixelBytes;
  const band = scratch, columns = scratch + <usize> IN * rowBytes;
  for (let p: usize = 0; p < <usize> phases; p++) {
    for (let row = firstRow; row < lastRow; row++) {
      const n = row / tilesY, top = (row % tilesY) * OUT - 1;
      const image = input + (<usize> (n * height * phases) + p) * imageRowBytes;
      if (scale == 0) {
        plainColumns(
          image,
          <usize> phases * imageRowBytes,
          height,
          width,
          channels,
          top,
          band,
          columns,
          rowBytes,
        );
      } else {
        // The last rows of a tile row are the first ones of the next.
        let kept = 0;
        if (row > firstRow && top > 0) {
          memory.copy(band, band + <usize> OUT * rowBytes, (IN - OUT) * rowBytes);
          kept = IN - OUT;
        }
        fillBand(
          image,
          <usize> phases * imageRowBytes,
          height,
          width,
          channels,
          top + kept,
          IN - kept,
          -1,
          bandColumns,
          scale,
          shift,
          slope,
          band + <usize> kept * rowBytes,
        );
        for (let i: usize = 0; i < rowBytes; i += 32) {
          inputLine(band + i, rowBytes, columns + i, rowBytes);
        }
      }
      let tile = to + <usize> ((row - firstRow) * tilesX) * tileBytes + p * pixelBytes;
      for (let r = 0; r < IN; r++) {
        let from = columns + <usize> r * rowBytes, at = tile;
        for (let t = 0; t < tilesX; t++) {
          for (let c: usize = 0; c < pixelBytes; c += 32) {
            inputLine(from + c, pixelBytes, at + c, planeBytes);
          }
          from += <usize> OUT * pixelBytes;
          at += tileBytes;
        }
        tile += <usize> IN * planeBytes;
      }
    }
  }
}

/**
 * Transforms the six rows from `top` on, column by column, of an image that is read as it is: from
 * where it lies, zeros outside. `zeros` has room for one row.
 */
function plainColumns(
  image: usize,
  imageRowBytes: usize,
  height: i32,
  width: i32,
  channels: i32,
  top: i32,
  zeros: usize,
  columns: usize,
  rowBytes: usize,
): void {
  const pixelBytes = <usize> channels << 2, middle = <usize> width * pixelBytes;
  memory.fill(zeros, 0, middle);
  const r0 = rowOf(image, imageRowBytes, height, top, zeros);
  const r1 = rowOf(image, imageRowBytes, height, top + 1, zeros);
  const r2 = rowOf(image, imageRowBytes, height, top + 2, zeros);
  const r3 = rowOf(image, imageRowBytes, height, top + 3, zeros);
  const r4 = rowOf(image, imageRowBytes, height, top + 4, zeros);
  const r5 = rowOf(image, imageRowBytes, height, top + 5, zeros);
  for (let r: usize = 0; r < <usize> IN; r++) {
    const row = columns + r * rowBytes;
    memory.fill(row, 0, pixelBytes);
    memory.fill(row + pixelBytes + middle, 0, rowBytes - pixelBytes - middle);
  }
  const to = columns + pixelBytes;
  for (let i: usize = 0; i < middle; i += 32) {
    inputLineOf(r0 + i, r1 + i, r2 + i, r3 + i, r4 + i, r5 + i, to + i, rowBytes);
  }
}

// @inline
function rowOf(image: usize, rowBytes: usize, height: i32, y: i32, zeros: usize): usize {
  return y < 0 || y >= height ? zeros : image + <usize> y * rowBytes;
}
