/** Runs the phases of a convolution on the pool: forward, back to the input, and to the filter. */
import { LANES, PIXELS, TAPS, TILE_BYTES } from "../../kernels/sizes.ts";
import { runtime } from "../../runtime.ts";
import { rowsPerChunk, withScaleAndShift } from "../normalisation.ts";
import { convolutionAlgorithm } from "./algorithm.ts";
import type { Epilogue } from "./epilogue.ts";
import type { ConvolutionForm } from "./form.ts";
import type { ConvolutionPhase } from "./phases.ts";
import { NO_PROLOGUE, type Prologue } from "./prologue.ts";
import { packedSize, packForward, winogradBackward, winogradForward } from "./winograd/convolve.ts";
import { winogradFilterGradient } from "./winograd/filter_gradient.ts";
import type { WinogradShape } from "./winograd/shape.ts";

type Shape = readonly [number, number, number, number];

/** Scratch a band may take: it should stay in a core's second-level cache beside the weights. */
const BAND_BYTES = 160 * 1024;
/** Memory that partial filter gradients may take in all. */
const PARTIAL_BYTES = 8 * 1024 * 1024;

const paddedLanes = (channels: number) => Math.ceil(channels / LANES) * LANES;

interface Grid {
  readonly rows: number;
  readonly columns: number;
  readonly bandRows: number;
  readonly bands: number;
  readonly bandBytes: number;
}

/** Cuts a phase's outputs into bands, by the shapes alone. */
function gridOf(
  phase: ConvolutionPhase,
  from: Shape,
  to: Shape,
  tile: number,
  extraRowBytes: number,
): Grid {
  const rows = Math.ceil((to[1] - phase.py) / phase.outStride);
  const columns = Math.ceil((to[2] - phase.px) / phase.outStride);
  const bandColumns = (Math.ceil(columns / tile) * tile - 1) * phase.inStride + phase.columns;
  const rowBytes = Math.max(bandColumns, 0) * from[3] * 4;
  const bytesFor = (count: number) =>
    Math.max(0, (count - 1) * phase.inStride + phase.rows) * rowBytes + count * extraRowBytes;
  let bandRows = 1;
  while (bandRows < rows && bytesFor(bandRows + 1) <= BAND_BYTES) bandRows++;
  // Few images: narrower bands, so that every thread has work.
  const wantedBands = Math.ceil(16 / from[0]);
  bandRows = Math.max(1, Math.min(bandRows, Math.ceil(rows / wantedBands)));
  const bands = Math.ceil(rows / bandRows);
  // 64 bytes of slack: the last tile may read past the end.
  return { rows, columns, bandRows, bands, bandBytes: bytesFor(bandRows) + 64 };
}

function withTaps<T>(phase: ConvolutionPhase, position: number, use: (pointer: number) => T): T {
  const { heap } = runtime();
  return heap.withBytes(phase.taps.length * 4 + 16, (pointer) => {
    heap.integers(pointer, phase.taps.length).set(
      phase.taps.map((tap) => tap < 0 ? -1 : tap * position),
    );
    return use(pointer);
  });
}

/** The arguments that both kernels share. */
function geometry(from: Shape, to: Shape, phase: ConvolutionPhase, grid: Grid) {
  const { inStride, outStride, py, px, top, rows, left, columns } = phase;
  return {
    ...{ height: from[1], width: from[2], ci: from[3] },
    ...{ outHeight: to[1], outWidth: to[2], co: to[3] },
    ...{ gridRows: grid.rows, gridColumns: grid.columns },
    ...{ inStride, outStride, py, px, top, rows, left, columns },
    ...{ bandRows: grid.bandRows, bands: grid.bands },
  };
}

/** Sum and sum of squares of a map, a channel. */
export interface ChannelSums {
  readonly sum: Float64Array;
  readonly squares: Float64Array;
}

/**
 * Runs the phases from the map at `input` to the one at `output`.
 *
 * @returns Each output channel's sum and sum of squares, if `statistics`.
 */
function runPhases(
  phases: readonly ConvolutionPhase[],
  options: {
    readonly input: number;
    readonly from: Shape;
    readonly output: number;
    readonly to: Shape;
    readonly filter: number;
    readonly strides: { readonly position: number; readonly ci: number; readonly co: number };
    readonly bias: number;
    readonly prologue?: Prologue | undefined;
    readonly statistics: boolean;
  },
): ChannelSums | undefined {
  const { heap, pool } = runtime();
  const { from, to, strides } = options;
  const co = to[3], coPadded = paddedLanes(co);
  const sums = options.statistics
    ? { sum: new Float64Array(co), squares: new Float64Array(co) }
    : undefined;
  for (const phase of phases) {
    const grid = gridOf(phase, from, to, PIXELS, 0);
    const chunks = from[0] * grid.bands;
    const taps = phase.rows * phase.columns;
    const packedBytes = taps * from[3] * coPadded * 4;
    const statisticsBytes = sums ? chunks * 2 * co * 8 : 0;
    const scratchBytes = grid.bandBytes + TILE_BYTES;
    const scratch = heap.scratch(scratchBytes * pool.threads);
    heap.withBytes(packedBytes + coPadded * 4 + statisticsBytes + 64, (packed) => {
      const bias = packed + packedBytes;
      const statistics = sums ? Math.ceil((bias + coPadded * 4) / 16) * 16 : 0;
      const biases = heap.floats(bias, coPadded).fill(0);
      if (options.bias !== 0) biases.set(heap.floats(options.bias, co));
      withTaps(phase, strides.position, (tapsAt) => {
        pool.run("packFilter", coPadded / LANES, {
          ...{ filter: options.filter, out: packed, taps: tapsAt, tapCount: taps },
          ...{ ci: from[3], ciStride: strides.ci, co, coStride: strides.co },
        });
      });
      pool.run("convolve", chunks, {
        ...geometry(from, to, phase, grid),
        ...{ input: options.input, output: options.output, weights: packed, bias, statistics },
        ...(options.prologue ?? NO_PROLOGUE),
        ...{ scratch, scratchBytes },
      });
      if (sums) addChunks(heap.doubles(statistics, chunks * 2 * co), 1, sums);
    });
  }
  return sums;
}

/** Adds up [chunks, 2, groups, channels]. */
function addChunks(partial: Float64Array, groups: number, into: ChannelSums): void {
  const channels = into.sum.length, half = groups * channels;
  for (let at = 0; at < partial.length; at += half) {
    for (let i = 0; i < half; i++) into.sum[i % channels]! += partial[at++]!;
    for (let i = 0; i < half; i++) into.squares[i % channels]! += partial[at + i]!;
  }
}

const usesWinograd = (form: ConvolutionForm) =>
  form.winograd && convolutionAlgorithm() === "winograd";

function winogradShape({ inShape: from, outShape, strides }: ConvolutionForm): WinogradShape {
  return { from, co: outShape[3], doubled: outShape[1] > from[1], strides };
}

/** y = convolution(act(x)) + bias. */
export function convolveForward(
  form: ConvolutionForm,
  pointers: { readonly x: number; readonly filter: number; readonly bias: number; y: number },
  prologue: Prologue | undefined,
  statistics: boolean,
): ChannelSums | undefined {
  if (usesWinograd(form)) {
    const channels = form.outShape[3];
    const sums = statistics
      ? { sum: new Float64Array(channels), squares: new Float64Array(channels) }
      : undefined;
    winogradForward(
      winogradShape(form),
      pointers,
      prologue ?? NO_PROLOGUE,
      sums && ((partial, groups) => addChunks(partial, groups, sums)),
    );
    return sums;
  }
  return runPhases(form.forward(), {
    input: pointers.x,
    from: form.inShape,
    output: pointers.y,
    to: form.outShape,
    filter: pointers.filter,
    strides: form.strides,
    bias: pointers.bias,
    prologue,
    statistics,
  });
}

/** Floats of a form's transformed filter; 0 where it is used as it is. */
export function transformedSize(form: ConvolutionForm): number {
  return usesWinograd(form) ? packedSize(winogradShape(form)) : 0;
}

/** Transforms the filter of a form that wants it so. */
export function transformFilter(form: ConvolutionForm, filter: number, out: number): void {
  packForward(winogradShape(form), filter, out);
}

/**
 * y = act(convolution(x) + bias + skip), of a filter that stays the same.
 *
 * @param pointers Of them `packed` is the filter by {@linkcode transformFilter}, 0 where it has no such.
 */
export function convolveFixed(
  form: ConvolutionForm,
  pointers: {
    readonly x: number;
    readonly filter: number;
    readonly packed: number;
    readonly bias: number;
    readonly y: number;
  },
  epilogue: Epilogue | undefined,
): void {
  const { outShape } = form, [n, height, width, channels] = outShape;
  if (pointers.packed !== 0) {
    const fits = epilogue?.skip === 0 || !(outShape[1] > form.inShape[1]);
    const shape = winogradShape(form);
    winogradForward(shape, pointers, NO_PROLOGUE, undefined, fits ? epilogue : undefined);
    if (fits || !epilogue) return;
  } else {
    convolveForward(form, pointers, undefined, false);
    if (!epilogue) return;
  }
  const bandRows = rowsPerChunk(width, channels), { slope, skip, doubled } = epilogue;
  withScaleAndShift(undefined, channels, (scale, shift) => {
    runtime().pool.run("join", Math.ceil(n * height / bandRows), {
      ...{ x: pointers.y, out: pointers.y, scale, shift, slope, skip, doubled },
      ...{ rows: n * height, width, channels, bandRows },
    });
  });
}

/** dx = the transposed convolution of dy. */
export function convolveBackward(
  form: ConvolutionForm,
  pointers: { readonly dy: number; readonly filter: number; readonly dx: number },
): void {
  const { position, ci, co } = form.strides;
  if (usesWinograd(form)) {
    winogradBackward(winogradShape(form), pointers, NO_PROLOGUE);
    return;
  }
  runPhases(form.backward(), {
    input: pointers.dy,
    from: form.outShape,
    output: pointers.dx,
    to: form.inShape,
    filter: pointers.filter,
    strides: { position, ci: co, co: ci },
    bias: 0,
    statistics: false,
  });
}

/** The gradient of the filter, written to `dfilter` (`size` floats). */
export function filterGradient(
  form: ConvolutionForm,
  pointers: { readonly x: number; readonly dy: number; readonly dfilter: number },
  size: number,
  prologue: Prologue | undefined,
): void {
  const { heap, pool } = runtime();
  const { inShape: from, outShape: to, strides } = form;
  if (usesWinograd(form)) {
    winogradFilterGradient(winogradShape(form), pointers, prologue ?? NO_PROLOGUE);
    return;
  }
  const coPadded = paddedLanes(to[3]);
  heap.floats(pointers.dfilter, size).fill(0);
  for (const phase of form.forward()) {
    const columns = Math.ceil((to[2] - phase.px) / phase.outStride);
    const grid = gridOf(phase, from, to, 1, columns * coPadded * 4);
    const taps = Math.ceil(phase.columns * from[3] / TAPS) * TAPS;
    const partialFloats = phase.rows * taps * coPadded;
    const bands = from[0] * grid.bands;
    const affordable = Math.floor(PARTIAL_BYTES / (partialFloats * 4));
    const chunks = Math.min(bands, Math.max(4, Math.min(64, affordable)));
    const scratch = heap.scratch(grid.bandBytes * pool.threads);
    heap.withBytes((chunks + 1) * partialFloats * 4, (partials) => {
      pool.run("filterGradient", chunks, {
        ...geometry(from, to, phase, grid),
        ...{ input: pointers.x, gradient: pointers.dy, partials, bandsInAll: bands, chunks },
        ...(prologue ?? NO_PROLOGUE),
        ...{ scratch, scratchBytes: grid.bandBytes },
      });
      const sums = partials + chunks * partialFloats * 4;
      const slice = 4096;
      pool.run("addPartials", Math.ceil(partialFloats / slice), {
        ...{ partials, count: chunks, out: sums, size: partialFloats, chunkSize: slice },
      });
      withTaps(phase, strides.position, (taps) => {
        pool.run("unpackFilter", 1, {
          ...{ filter: pointers.dfilter, sums, taps, rows: phase.rows, columns: phase.columns },
          ...{ ci: from[3], ciStride: strides.ci, co: to[3], coStride: strides.co },
        });
      });
    });
  }
}
