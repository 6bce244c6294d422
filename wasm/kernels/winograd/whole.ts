import { WinogradTilesArguments, WinogradTileSumsArguments } from "../arguments";
import { filterTile, filterTileOfFour } from "../filter_tile";
import { IN, LANES, OUT, PRODUCTS, TAPS } from "../sizes";
import { vanishing } from "./phases";
import { transformGradient } from "./transform_gradient";
import { bandBytes, transformInput } from "./transform_input";

/**
 * The filter gradient of small, wide maps in two passes (see winogradFilterGradient): first the
 * tiles of all images are transformed, then each product is summed over all of them at once. That
 * spares the partial sums, which for 128 channels are larger than the tiles.
 */

/** Tiles whose channels stay in a core's first cache while all sums of a product go over them. */
const BLOCK: i32 = 48;

/**
 * The transformed tiles of an input, or of a gradient, laid out as by transformInput. A chunk is a
 * range of tile rows over all images.
 */
export function winogradTiles(args: WinogradTilesArguments, chunk: i32, lane: i32): void {
  const map = args.map, isGradient = args.isGradient, images = args.images;
  const height = args.height, width = args.width;
  const channels = args.channels, phases = args.phases, tiles = args.tiles;
  const plane = args.plane, chunkRows = args.chunkRows;
  const scale = args.scale, shift = args.shift, slope = args.slope;
  const scratch = args.scratch + <usize> lane * args.scratchBytes;
  const rows = images * ((height + OUT - 1) / OUT), tilesX = (width + OUT - 1) / OUT;
  const first = chunk * chunkRows, last = min(first + chunkRows, rows);
  assert(bandBytes(width, channels) <= args.scratchBytes);
  const to = tiles + (<usize> (first * tilesX * phases * channels) << 2);
  if (isGradient) {
    transformGradient(map, phases, height, width, channels, first, last, scratch, to, plane);
  } else {
    transformInput(
      map,
      phases,
      height,
      width,
      channels,
      first,
      last,
      scale,
      shift,
      slope,
      scratch,
      to,
      plane,
    );
  }
}

/**
 * sums[ci][product][co] = the sum over tiles of tiles[product][tile][ci] times
 * gradients[product][tile][co]. A chunk is one product.
 */
export function winogradTileSums(args: WinogradTileSumsArguments, chunk: i32, _lane: i32): void {
  const plane = args.plane, gradientPlane = args.gradientPlane;
  const tiles = args.tiles + <usize> chunk * plane;
  const gradients = args.gradients + <usize> chunk * gradientPlane;
  const count = args.count, ci = args.ci, co = args.co, phases = args.phases;
  const channels = phases * co;
  const inPixel = <usize> ci << 2, outPixel = <usize> channels << 2;
  const sumsRow = <usize> PRODUCTS * outPixel;
  const sums = args.sums + <usize> chunk * outPixel;
  for (let i: usize = 0; i < <usize> ci; i++) memory.fill(sums + i * sumsRow, 0, outPixel);
  for (let first = 0; first < count; first += BLOCK) {
    addProducts(
      tiles + <usize> first * inPixel,
      gradients + <usize> first * outPixel,
      min(BLOCK, count - first),
      ci,
      co,
      phases,
      chunk,
      sums,
      sumsRow,
    );
  }
}

/** Adds one product's sum over some tiles: see winogradFilterGradient. */
export function addProducts(
  tiles: usize,
  gradients: usize,
  count: i32,
  ci: i32,
  co: i32,
  phases: i32,
  product: i32,
  sums: usize,
  sumsRow: usize,
): void {
  const channels = phases * co;
  const inPixel = <usize> ci << 2, outPixel = <usize> channels << 2;
  // Rows of six, and the rest in fours: all of any number of channels that is a multiple of 8.
  const sixes = <usize> (ci - 4 * ((TAPS - ci % TAPS) / 2 % 3));
  for (let c = 0; c < channels; c += LANES) {
    if (
      phases == 2 &&
      (product / IN == vanishing(c / co, false) ||
        product % IN == vanishing(c / (co >> 1) & 1, false))
    ) continue;
    const d = gradients + (<usize> c << 2), to = sums + (<usize> c << 2);
    let t: usize = 0;
    for (; t < sixes; t += TAPS) {
      filterTile(
        tiles + (t << 2),
        0,
        inPixel,
        d,
        0,
        outPixel,
        1,
        count,
        to + t * sumsRow,
        sumsRow,
      );
    }
    for (; t < <usize> ci; t += 4) {
      filterTileOfFour(tiles + (t << 2), inPixel, d, outPixel, count, to + t * sumsRow, sumsRow);
    }
  }
}
