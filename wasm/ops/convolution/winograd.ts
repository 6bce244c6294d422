/**
 * 3 x 3 convolutions of stride 1 by Winograd's F(4 x 4, 3 x 3): see wasm/kernels/winograd/lines.ts
 * for the mathematics. Forward, back to the input (the same with the filter turned by 180 degrees
 * and its channels exchanged) and to the filter.
 */
import { runtime } from "../../runtime.ts";
import type { KernelArgument } from "../../pool.ts";

/** Outputs of a tile along an axis, products of a tile. */
const OUT = 4, PRODUCTS = 36;
/** Tiles and output channels of a register tile, filter rows of a filter-gradient tile. */
const PIXELS = 6, LANES = 8, TAPS = 6;
/** Tiles a block should have at least, so that its matrices are worth their overhead. */
const BLOCK_TILES = 48;
/** Memory that partial filter gradients may take in all. */
const PARTIAL_BYTES = 16 * 1024 * 1024;

const upTo = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple;

/** A map on the heap. */
export interface WinogradMap {
  readonly pointer: number;
  readonly channels: number;
}

/** What both directions share: the maps' common size, and how the filter lies in memory. */
export interface WinogradShape {
  readonly images: number;
  readonly height: number;
  readonly width: number;
  /** Floats between filter positions, input channels and output channels. */
  readonly strides: { readonly position: number; readonly ci: number; readonly co: number };
}

function blocksOf({ images, height, width }: WinogradShape, channels: number) {
  const tilesX = Math.ceil(width / OUT), rows = images * Math.ceil(height / OUT);
  const blockRows = Math.max(1, Math.min(Math.ceil(BLOCK_TILES / tilesX), Math.ceil(rows / 16)));
  const planeTiles = upTo(blockRows * tilesX, PIXELS);
  return {
    rows,
    blockRows,
    planeTiles,
    planeBytes: (count: number) => PRODUCTS * (planeTiles * count * 4 + 64),
    bandBytes: 12 * (OUT * tilesX + 2) * channels * 4,
  };
}

/**
 * Whether Winograd's kernels take a map of this shape, [n, height, width, ci], to `co` channels, and
 * are worth it: channels come in eights, and tiles must not hang over the edge by half the map.
 */
export function fitsWinograd(shape: readonly [number, number, number, number], co: number) {
  const [, height, width, ci] = shape;
  return ci % LANES === 0 && co % LANES === 0 &&
    upTo(height, OUT) * upTo(width, OUT) <= 1.5 * height * width;
}

/**
 * Convolves from one map to another.
 *
 * @param flipped Turns the filter by 180 degrees.
 * @param prologue Scale, shift and slope of the input, as arguments of a kernel.
 * @param sums Gets each chunk's sums and sums of squares, if given.
 */
export function winogradConvolve(
  shape: WinogradShape,
  from: WinogradMap,
  to: WinogradMap,
  filter: { readonly pointer: number; readonly flipped: boolean },
  bias: number,
  prologue: readonly KernelArgument[],
  sums: ((partial: Float64Array, chunks: number) => void) | undefined,
): void {
  const { heap, pool } = runtime();
  const { images, height, width, strides } = shape;
  const ci = from.channels, co = to.channels;
  const blocks = blocksOf(shape, ci);
  const chunks = Math.ceil(blocks.rows / blocks.blockRows);
  const scratchBytes = 576 + blocks.planeBytes(ci) +
    Math.max(blocks.planeBytes(co), blocks.bandBytes) + 64;
  const scratch = heap.scratch(scratchBytes * pool.threads);
  const packedBytes = PRODUCTS * ci * upTo(co, LANES) * 4;
  const statisticsBytes = sums ? chunks * 2 * co * 8 : 0;
  heap.withBytes(packedBytes + co * 4 + statisticsBytes, (packed) => {
    const biases = packed + packedBytes, statistics = sums ? biases + co * 4 : 0;
    const values = heap.floats(biases, co);
    if (bias === 0) values.fill(0);
    else values.set(heap.floats(bias, co));
    pool.run("winogradPack", Math.ceil(co / LANES), [
      ...[filter.pointer, packed, strides.position, filter.flipped ? 1 : 0],
      ...[ci, strides.ci, co, strides.co, scratch],
    ]);
    pool.run("winogradConvolve", chunks, [
      ...[from.pointer, images, height, width, ci, to.pointer, co, packed, biases],
      ...[blocks.blockRows, ...prologue, statistics, scratch, scratchBytes, blocks.planeTiles],
    ]);
    if (sums) sums(heap.doubles(statistics, chunks * 2 * co), chunks);
  });
}

/** The gradient of the filter, written to `dfilter`. */
export function winogradFilterGradient(
  shape: WinogradShape,
  x: WinogradMap,
  dy: WinogradMap,
  dfilter: number,
  prologue: readonly KernelArgument[],
): void {
  const { heap, pool } = runtime();
  const { images, height, width, strides } = shape;
  const ci = x.channels, co = dy.channels;
  const blocks = blocksOf(shape, Math.max(ci, co));
  const partialBytes = PRODUCTS * upTo(ci, TAPS) * co * 4;
  const affordable = Math.floor(PARTIAL_BYTES / partialBytes);
  const chunks = Math.min(
    Math.ceil(blocks.rows / blocks.blockRows),
    Math.max(8, Math.min(64, affordable)),
  );
  const scratchBytes = blocks.planeBytes(ci) + blocks.planeBytes(co) + blocks.bandBytes + 64;
  const scratch = heap.scratch(scratchBytes * pool.threads);
  heap.withBytes(chunks * partialBytes, (partials) => {
    pool.run("winogradFilterGradient", chunks, [
      ...[x.pointer, images, height, width, ci, dy.pointer, co, partials, chunks],
      ...[blocks.blockRows, ...prologue, scratch, scratchBytes, blocks.planeTiles],
    ]);
    pool.run("winogradUnpack", ci, [
      ...[dfilter, partials, chunks, strides.position, ci, strides.ci, co, strides.co, scratch],
    ]);
  });
}
