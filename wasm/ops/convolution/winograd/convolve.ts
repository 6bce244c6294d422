/**
 * 3 x 3 convolutions of stride 1 by Winograd's F(4 x 4, 3 x 3): see wasm/kernels/winograd/lines.ts
 * for the mathematics. Forward, back to the input (the same with the filter turned by 180 degrees
 * and its channels exchanged) and to the filter. Those that read a map doubled by nearest neighbour
 * work on the small map, with a filter for each parity: see wasm/kernels/winograd/phases.ts.
 */
import { LANES, PACK_BYTES, PLANE_GAP, PRODUCTS, WORK_BYTES } from "../../../kernels/sizes.ts";
import { runtime } from "../../../runtime.ts";
import type { Epilogue } from "../epilogue.ts";
import type { Prologue } from "../prologue.ts";
import { blocksOf, type Strides, type WinogradShape, withFilter } from "./shape.ts";

/** Floats that the transformed filter of a convolution takes. */
export function packedSize({ from, co, doubled }: WinogradShape): number {
  return PRODUCTS * (from[3] * (doubled ? 4 : 1) * co + PLANE_GAP / 4);
}

/** Transforms a filter for {@linkcode winogradForward}: it then spares what it did else each time. */
export function packForward(shape: WinogradShape, filter: number, out: number): void {
  const parities = shape.doubled ? 4 : 1, [, , , ci] = shape.from;
  withFilter(
    shape,
    filter,
    (pointer, strides) => pack({ pointer, flipped: false, strides }, ci, parities * shape.co, out),
  );
}

/**
 * y = convolution(act(x)) + bias.
 *
 * @param pointers Of them `bias` may be 0, and `packed`, of a filter by {@linkcode packForward}, stands
 * for `filter`.
 * @param sums Gets each chunk's sums and sums of squares, if given.
 * @param epilogue What is done to y.
 */
export function winogradForward(
  shape: WinogradShape,
  pointers: {
    readonly x: number;
    readonly filter: number;
    readonly bias: number;
    readonly y: number;
    readonly packed?: number | undefined;
  },
  prologue: Prologue,
  sums: PartialSums | undefined,
  epilogue?: Epilogue,
): void {
  const phases = shape.doubled ? 2 : 1, [, , , ci] = shape.from, { co } = shape;
  const run = (filter: PackedFilter | StoredFilter) =>
    convolve(shape, {
      from: { pointer: pointers.x, phases: 1, channels: ci },
      to: { pointer: pointers.y, phases, channels: phases * co },
      ...{ filter, bias: pointers.bias, prologue, epilogue, sums },
    });
  if (pointers.packed !== undefined) run({ packed: pointers.packed });
  else {
    withFilter(
      shape,
      pointers.filter,
      (pointer, strides) => run({ pointer, flipped: false, strides }),
    );
  }
}

/** dx = the transposed convolution of dy. */
export function winogradBackward(
  shape: WinogradShape,
  pointers: { readonly dy: number; readonly filter: number; readonly dx: number },
  prologue: Prologue,
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

/** A filter as it lies on the heap. */
interface StoredFilter {
  readonly pointer: number;
  readonly flipped: boolean;
  readonly strides: Strides;
}

/** A filter that is transformed already. */
interface PackedFilter {
  readonly packed: number;
}

function pack({ pointer, flipped, strides }: StoredFilter, ci: number, co: number, out: number) {
  const { heap, pool } = runtime();
  const scratch = heap.scratch(PACK_BYTES * pool.threads);
  pool.run("winogradPack", co / LANES, {
    ...{ filter: pointer, out, flipped, scratch },
    ...{ positionStride: strides.position, ci, ciStride: strides.ci, co, coStride: strides.co },
  });
}

function convolve(
  shape: WinogradShape,
  { from, to, filter, bias, prologue, epilogue, sums }: {
    readonly from: PhasedMap;
    readonly to: PhasedMap;
    readonly filter: StoredFilter | PackedFilter;
    readonly bias: number;
    readonly prologue: Prologue;
    readonly epilogue?: Epilogue | undefined;
    readonly sums: PartialSums | undefined;
  },
): void {
  const { heap, pool } = runtime();
  const [images, height, width] = shape.from;
  const ci = from.phases * from.channels, co = to.phases * to.channels;
  const blocks = blocksOf(shape.from, from.channels);
  const chunks = Math.ceil(blocks.rows / blocks.blockRows);
  const scratchBytes = WORK_BYTES + blocks.planeBytes(ci) +
    Math.max(blocks.planeBytes(co), blocks.bandBytes) + 64;
  const scratch = heap.scratch(scratchBytes * pool.threads);
  const packedBytes = "packed" in filter ? 0 : PRODUCTS * (ci * co * 4 + PLANE_GAP);
  const statisticsBytes = sums ? chunks * 2 * to.channels * 8 : 0;
  heap.withBytes(packedBytes + to.channels * 4 + statisticsBytes, (at) => {
    const weights = "packed" in filter ? filter.packed : at,
      biases = at + packedBytes,
      statistics = sums ? biases + to.channels * 4 : 0;
    const values = heap.floats(biases, to.channels).fill(0);
    for (let group = 0; bias !== 0 && group < to.phases; group++) {
      const count = to.channels / to.phases;
      values.set(heap.floats(bias, count), group * count);
    }
    if (!("packed" in filter)) pack(filter, ci, co, at);
    pool.run("winogradConvolve", chunks, {
      ...{ input: from.pointer, images, height, width, ci: from.channels, inPhases: from.phases },
      ...{ output: to.pointer, co: to.channels, outPhases: to.phases },
      ...{ weights, bias: biases, statistics, ...prologue },
      ...{ activated: epilogue !== undefined, outSlope: epilogue?.slope ?? 1 },
      ...{ skip: epilogue?.skip ?? 0, skipDoubled: epilogue?.doubled ?? false },
      ...{ chunkRows: blocks.blockRows, planeTiles: blocks.planeTiles, scratch, scratchBytes },
    });
    if (sums) sums(heap.doubles(statistics, chunks * 2 * to.channels), to.phases);
  });
}
