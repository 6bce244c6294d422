/**
 * 3 x 3 convolutions of stride 1 by Winograd's F(4 x 4, 3 x 3): see wasm/kernels/winograd/lines.ts
 * for the mathematics. Forward, back to the input (the same with the filter turned by 180 degrees
 * and its channels exchanged) and to the filter. Those that read a map doubled by nearest neighbour
 * work on the small map, with a filter for each parity: see wasm/kernels/winograd/phases.ts.
 */
import { runtime } from "../../runtime.ts";
import type { KernelArgument } from "../../pool.ts";

/** Outputs of a tile along an axis, products of a tile. */
const OUT = 4, PRODUCTS = 36;
/** Tiles and output channels of a register tile. */
const PIXELS = 6, LANES = 8;
/** Tiles a block should have at least, so that its matrices are worth their overhead. */
const BLOCK_TILES = 48;
/** Memory that partial filter gradients may take in all. */
const PARTIAL_BYTES = 8 * 1024 * 1024;
/** Bytes between planes; as in the kernels. */
const PLANE_GAP = 64;

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

interface Strides {
  readonly position: number;
  readonly ci: number;
  readonly co: number;
}

function blocksOf([images, height, width]: WinogradShape["from"], channels: number) {
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
function withFilter<T>(
  { from, co, doubled, strides }: WinogradShape,
  pointer: number,
  use: (pointer: number, strides: Strides) => T,
): T {
  if (!doubled) return use(pointer, strides);
  const ci = from[3];
  return runtime().heap.withBytes(9 * ci * 4 * co * 4, (parities) => {
    runtime().pool.run("parityFilter", ci, [pointer, parities, 0, ci, co]);
    return use(parities, { position: 4 * ci * co, ci: 4 * co, co: 1 });
  });
}

/**
 * y = convolution(act(x)) + bias.
 *
 * @param bias A pointer, or 0.
 * @param prologue Scale, shift and slope of the input, as arguments of a kernel.
 * @param sums Gets each chunk's sums and sums of squares, if given.
 */
export function winogradForward(
  shape: WinogradShape,
  pointers: { readonly x: number; readonly filter: number; readonly bias: number; y: number },
  prologue: readonly KernelArgument[],
  sums: PartialSums | undefined,
): void {
  const phases = shape.doubled ? 2 : 1, [, , , ci] = shape.from, { co } = shape;
  withFilter(shape, pointers.filter, (filter, strides) =>
    convolve(shape, {
      from: { pointer: pointers.x, phases: 1, channels: ci },
      to: { pointer: pointers.y, phases, channels: phases * co },
      filter: { pointer: filter, flipped: false, strides },
      bias: pointers.bias,
      prologue,
      sums,
    }));
}

/** dx = the transposed convolution of dy. */
export function winogradBackward(
  shape: WinogradShape,
  pointers: { readonly dy: number; readonly filter: number; readonly dx: number },
  prologue: readonly KernelArgument[],
): void {
  const phases = shape.doubled ? 2 : 1, [, , , ci] = shape.from, { co } = shape;
  withFilter(shape, pointers.filter, (filter, strides) => {
    const turned = { position: strides.position, ci: strides.co, co: strides.ci };
    convolve(shape, {
      from: { pointer: pointers.dy, phases, channels: phases * co },
      to: { pointer: pointers.dx, phases: 1, channels: ci },
      filter: { pointer: filter, flipped: true, strides: turned },
      bias: 0,
      prologue,
      sums: undefined,
    });
  });
}

/** Gets the chunks' partial sums, [chunks, 2, groups, channels]. */
type PartialSums = (partial: Float64Array, groups: number) => void;

/** A map on the heap, as one phase's channels. */
interface PhasedMap {
  readonly pointer: number;
  readonly phases: number;
  readonly channels: number;
}

function convolve(
  shape: WinogradShape,
  { from, to, filter, bias, prologue, sums }: {
    readonly from: PhasedMap;
    readonly to: PhasedMap;
    readonly filter: { readonly pointer: number; readonly flipped: boolean; strides: Strides };
    readonly bias: number;
    readonly prologue: readonly KernelArgument[];
    readonly sums: PartialSums | undefined;
  },
): void {
  const { heap, pool } = runtime();
  const [images, height, width] = shape.from;
  const ci = from.phases * from.channels, co = to.phases * to.channels;
  const blocks = blocksOf(shape.from, from.channels);
  const chunks = Math.ceil(blocks.rows / blocks.blockRows);
  const scratchBytes = 576 + blocks.planeBytes(ci) +
    Math.max(blocks.planeBytes(co), blocks.bandBytes) + 64;
  const scratch = heap.scratch(scratchBytes * pool.threads);
  const packedBytes = PRODUCTS * (ci * co * 4 + PLANE_GAP);
  const statisticsBytes = sums ? chunks * 2 * to.channels * 8 : 0;
  heap.withBytes(packedBytes + to.channels * 4 + statisticsBytes, (packed) => {
    const biases = packed + packedBytes, statistics = sums ? biases + to.channels * 4 : 0;
    const values = heap.floats(biases, to.channels).fill(0);
    for (let group = 0; bias !== 0 && group < to.phases; group++) {
      const count = to.channels / to.phases;
      values.set(heap.floats(bias, count), group * count);
    }
    pool.run("winogradPack", co / LANES, [
      ...[filter.pointer, packed, filter.strides.position, filter.flipped ? 1 : 0],
      ...[ci, filter.strides.ci, co, filter.strides.co, scratch],
    ]);
    pool.run("winogradConvolve", chunks, [
      ...[from.pointer, images, height, width, from.channels, to.pointer, to.channels],
      ...[packed, biases, blocks.blockRows, ...prologue, statistics, scratch, scratchBytes],
      ...[blocks.planeTiles, from.phases, to.phases],
    ]);
    if (sums) sums(heap.doubles(statistics, chunks * 2 * to.channels), to.phases);
  });
}

/** The gradient of the filter, written to `dfilter`. */
export function winogradFilterGradient(
  shape: WinogradShape,
  pointers: { readonly x: number; readonly dy: number; readonly dfilter: number },
  prologue: readonly KernelArgument[],
): void {
  const { heap, pool } = runtime();
  const { co, doubled } = shape, [images, height, width, ci] = shape.from;
  const phases = doubled ? 2 : 1, channels = phases * co, all = phases * channels;
  const blocks = blocksOf(shape.from, Math.max(ci, channels));
  const sumBytes = PRODUCTS * ci * all * 4;
  const chunks = Math.min(
    Math.ceil(blocks.rows / blocks.blockRows),
    Math.max(8, Math.min(64, Math.floor(PARTIAL_BYTES / sumBytes))),
  );
  const tiles = blocks.rows * Math.ceil(width / OUT);
  const plane = tiles * ci * 4 + PLANE_GAP, gradientPlane = tiles * all * 4 + PLANE_GAP;
  const tileBytes = PRODUCTS * (plane + gradientPlane);
  const whole = tileBytes < 2 * chunks * sumBytes;
  const partials = whole ? 1 : chunks;
  const scratchBytes = whole
    ? Math.max(blocks.bandBytes, 1024)
    : blocks.planeBytes(ci) + blocks.planeBytes(all) + blocks.bandBytes + 64;
  const scratch = heap.scratch(scratchBytes * pool.threads);
  const parityBytes = doubled ? 9 * ci * all * 4 : 0;
  heap.withBytes(parityBytes + partials * sumBytes + (whole ? tileBytes : 0), (parities) => {
    const sums = parities + parityBytes;
    if (whole) {
      const x = sums + sumBytes, dy = x + PRODUCTS * plane;
      const rest = [scratch, scratchBytes];
      const count = Math.ceil(blocks.rows / blocks.blockRows);
      pool.run("winogradTiles", count, [
        ...[pointers.x, 0, images, height, width, ci, x, 1, blocks.blockRows],
        ...[...prologue, ...rest, plane],
      ]);
      pool.run("winogradTiles", count, [
        ...[pointers.dy, 1, images, height, width, channels, dy, phases, blocks.blockRows],
        ...[...prologue, ...rest, gradientPlane],
      ]);
      pool.run("winogradTileSums", PRODUCTS, [
        ...[x, plane, dy, gradientPlane, tiles, ci, channels, phases, sums],
      ]);
    } else {
      pool.run("winogradFilterGradient", chunks, [
        ...[pointers.x, images, height, width, ci, pointers.dy, channels, sums, chunks],
        ...[blocks.blockRows, ...prologue, scratch, scratchBytes, blocks.planeTiles, phases],
      ]);
    }
    const strides = doubled ? { position: ci * all, ci: all, co: 1 } : shape.strides;
    pool.run("winogradUnpack", ci, [
      ...[doubled ? parities : pointers.dfilter, sums, partials, strides.position],
      ...[ci, strides.ci, all, strides.co, scratch],
    ]);
    if (doubled) pool.run("parityFilter", ci, [pointers.dfilter, parities, 1, ci, co]);
  });
}
