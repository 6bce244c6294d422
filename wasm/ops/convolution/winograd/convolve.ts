/**
 * 3 x 3 convolutions of stride 1 by Winograd's F(4 x 4, 3 x 3): see wasm/kernels/winograd/lines.ts
 * for the mathematics. Forward, back to the input (the same with the filter turned by 180 degrees
 * and its channels exchanged) and to the filter. Those that read a map doubled by nearest neighbour
 * work on the small map, with a filter for each parity: see wasm/kernels/winograd/phases.ts.
 */
import { LANES, PLANE_GAP, PRODUCTS, WORK_BYTES } from "../../../kernels/sizes.ts";
import { runtime } from "../../../runtime.ts";
import type { Prologue } from "../prologue.ts";
import { blocksOf, type Strides, type WinogradShape, withFilter } from "./shape.ts";

/**
 * y = convolution(act(x)) + bias.
 *
 * @param bias A pointer, or 0.
 * @param sums Gets each chunk's sums and sums of squares, if given.
 */
export function winogradForward(
  shape: WinogradShape,
  pointers: { readonly x: number; readonly filter: number; readonly bias: number; y: number },
  prologue: Prologue,
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

function convolve(
  shape: WinogradShape,
  { from, to, filter, bias, prologue, sums }: {
    readonly from: PhasedMap;
    readonly to: PhasedMap;
    readonly filter: { readonly pointer: number; readonly flipped: boolean; strides: Strides };
    readonly bias: number;
    readonly prologue: Prologue;
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
  const packedBytes = PRODUCTS * (ci * co * 4 + PLANE_GAP);
  const statisticsBytes = sums ? chunks * 2 * to.channels * 8 : 0;
  heap.withBytes(packedBytes + to.channels * 4 + statisticsBytes, (packed) => {
    const biases = packed + packedBytes, statistics = sums ? biases + to.channels * 4 : 0;
    const values = heap.floats(biases, to.channels).fill(0);
    for (let group = 0; bias !== 0 && group < to.phases; group++) {
      const count = to.channels / to.phases;
      values.set(heap.floats(bias, count), group * count);
    }
    pool.run("winogradPack", co / LANES, {
      ...{ filter: filter.pointer, out: packed, flipped: filter.flipped },
      ...{ positionStride: filter.strides.position, ci, ciStride: filter.strides.ci },
      ...{ co, coStride: filter.strides.co, scratch },
    });
    pool.run("winogradConvolve", chunks, {
      ...{ input: from.pointer, images, height, width, ci: from.channels, inPhases: from.phases },
      ...{ output: to.pointer, co: to.channels, outPhases: to.phases },
      ...{ weights: packed, bias: biases, statistics, ...prologue },
      ...{ chunkRows: blocks.blockRows, planeTiles: blocks.planeTiles, scratch, scratchBytes },
    });
    if (sums) sums(heap.doubles(statistics, chunks * 2 * to.channels), to.phases);
  });
}
