import { fillBand } from "../band";
import { IN, OUT } from "../sizes";
import { gradientLine } from "./lines";

/**
 * The transformed tiles of an output's gradient, laid out as by transformInput. `scratch` holds a
 * band of 4 rows of 4 tilesX columns and one of 6.
 */
export function transformGradient(
  gradient: usize,
  phases: i32,
  height: i32,
  width: i32,
  channels: i32,
  firstRow: i32,
  lastRow: i32,
  scratch: usize,
  to: usize,
  planeBytes: usize,
): void {
  const tilesX = (width + OUT - 1) / OUT, tilesY = (height + OUT - 1) / OUT;
  const pixelBytes = <usize> channels << 2, tileBytes = <usize> phases * pixelBytes;
  const rowBytes = <usize> (OUT * tilesX) * pixelBytes;
  const imageRowBytes = <usize> width * pixelBytes, stepBytes = <usize> phases * imageRowBytes;
  const copy = scratch, columns = scratch + <usize> OUT * rowBytes;
  const exact = width % OUT == 0 && height % OUT == 0;
  for (let p: usize = 0; p < <usize> phases; p++) {
    for (let row = firstRow; row < lastRow; row++) {
      const n = row / tilesY, top = (row % tilesY) * OUT;
      const image = gradient + (<usize> (n * height * phases) + p) * imageRowBytes;
      let band = copy, bandBytes = rowBytes;
      if (exact) {
        band = image + <usize> top * stepBytes;
        bandBytes = stepBytes;
      } else {
        fillBand(
          image,
          stepBytes,
          height,
          width,
          channels,
          top,
          OUT,
          0,
          OUT * tilesX,
          0,
          0,
          1,
          copy,
        );
      }
      for (let i: usize = 0; i < rowBytes; i += 32) {
        gradientLine(band + i, bandBytes, columns + i, rowBytes);
      }
      let tile = to + <usize> ((row - firstRow) * tilesX) * tileBytes + p * pixelBytes;
      for (let r = 0; r < IN; r++) {
        let from = columns + <usize> r * rowBytes, at = tile;
        for (let t = 0; t < tilesX; t++) {
          for (let c: usize = 0; c < pixelBytes; c += 32) {
            gradientLine(from + c, pixelBytes, at + c, planeBytes);
          }
          from += <usize> OUT * pixelBytes;
          at += tileBytes;
        }
        tile += <usize> IN * planeBytes;
      }
    }
  }
}
