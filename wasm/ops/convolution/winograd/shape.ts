/** What Winograd's convolutions share: shapes, blocks of tiles, and the filters of parities. */
import { LANES, OUT, PIXELS, PLANE_GAP, PRODUCTS } from "../../../kernels/sizes.ts";
import { runtime } from "../../../runtime.ts";

/** Tiles a block should have at least, so that its matrices are worth their overhead. */
const BLOCK_TILES = 48;
const upTo = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple;

/** What all directions share. */
export interface WinogradShape {
  /** Of the map that is convolved: [images, height, width, ci]. */
  readonly from: readonly [number, number, number, number];
  readonly co: number;
  /** The map is doubled by nearest neighbour before. */
  readonly doubled: boolean;
  /** Floats between filter positions, input channels and output channels. */
  readonly strides: Strides;
}

/** Floats between filter positions, input channels and output channels. */
export interface Strides {
  readonly position: number;
  readonly ci: number;
  readonly co: number;
}

/** How the tile rows of all images are cut into blocks, and what a block takes in memory. */
export function blocksOf([images, height, width]: WinogradShape["from"], channels: number) {
  const tilesX = Math.ceil(width / OUT), rows = images * Math.ceil(height / OUT);
  const most = Math.max(1, Math.min(Math.ceil(BLOCK_TILES / tilesX), Math.ceil(rows / 16)));
  const blockRows = evenBlocks(rows, most);
  const planeTiles = upTo(blockRows * tilesX, PIXELS);
  return {
    rows,
    blockRows,
    planeTiles,
    planeBytes: (count: number) => PRODUCTS * (planeTiles * count * 4 + PLANE_GAP),
    bandBytes: 12 * (OUT * tilesX + 2) * channels * 4,
  };
}

/**
 * Rows a block, at most `most`, and more than half as many: so many that the number of blocks can be
 * divided among two, four or eight threads without a rest, if there is such a number.
 */
function evenBlocks(rows: number, most: number): number {
  const least = Math.floor(most / 2) + 1;
  const candidates = Array.from({ length: most - least + 1 }, (_, i) => most - i);
  for (const parts of [8, 4, 2]) {
    const found = candidates.find((blockRows) => Math.ceil(rows / blockRows) % parts === 0);
    if (found !== undefined) return found;
  }
  return most;
}

/**
 * Whether Winograd's kernels take a map of this shape, [n, height, width, ci], to `co` channels, and
 * are worth it: channels come in eights, and tiles must not be empty by half.
 */
export function fitsWinograd(shape: WinogradShape["from"], co: number): boolean {
  const [, height, width, ci] = shape;
  return ci % LANES === 0 && co % LANES === 0 &&
    upTo(height, OUT) * upTo(width, OUT) <= 2 * height * width;
}

/** Runs with the filter as the kernels want it: as it is, or that of the four parities. */
export function withFilter<T>(
  { from, co, doubled, strides }: WinogradShape,
  pointer: number,
  use: (pointer: number, strides: Strides) => T,
): T {
  if (!doubled) return use(pointer, strides);
  const ci = from[3];
  return runtime().heap.withBytes(9 * ci * 4 * co * 4, (parities) => {
    runtime().pool.run("parityFilter", ci, { filter: pointer, parities, back: false, ci, co });
    return use(parities, { position: 4 * ci * co, ci: 4 * co, co: 1 });
  });
}
