/**
 * What the kernels of tensors are told: the one declaration of their arguments, from which callers
 * have their types ({@linkcode ArgumentsOf}), the pool its layout, and the kernels the classes in
 * kernels/arguments.ts, which `deno task build:wasm` writes.
 *
 * What an argument means stands at its kernel. Every argument takes one 32-bit word.
 */

/**
 * A type of arguments: `pointer` is the address of something on the heap, `optional` one or 0,
 * `count` a whole number of 0 or more, `bytes` one of bytes, `i32` any whole number, `flag` true or
 * false, `f32` a float. The kernels' debug build checks each on its way in.
 */
export type ArgumentType = "pointer" | "optional" | "count" | "bytes" | "i32" | "flag" | "f32";

/** Kernels by name, each with its arguments in the order in which they lie in memory. */
export type KernelDeclarations = Readonly<Record<string, Readonly<Record<string, ArgumentType>>>>;

/** What a caller gives: a boolean for a `flag`, a number for all else. */
export type ArgumentsOf<Declared extends Readonly<Record<string, ArgumentType>>> = {
  readonly [Name in keyof Declared]: Declared[Name] extends "flag" ? boolean : number;
};

/** Normalisation and activation of a map that is read: none where `scale` is 0. */
const PROLOGUE = { scale: "optional", shift: "optional", slope: "f32" } as const;

/** What is done to outputs before they are written: nothing where `activated` is false. */
const EPILOGUE = {
  activated: "flag",
  outSlope: "f32",
  skip: "optional",
  skipDoubled: "flag",
} as const;

/** One phase of a convolution, from map to map, in bands. */
const PHASE = {
  input: "pointer",
  height: "count",
  width: "count",
  ci: "count",
  outHeight: "count",
  outWidth: "count",
  co: "count",
  gridRows: "count",
  gridColumns: "count",
  inStride: "count",
  outStride: "count",
  py: "count",
  px: "count",
  top: "i32",
  rows: "count",
  left: "i32",
  columns: "count",
  bandRows: "count",
  bands: "count",
} as const;

/** A thread's own memory: lane number times `scratchBytes` behind `scratch`. */
const SCRATCH = { scratch: "pointer", scratchBytes: "bytes" } as const;

/** The channels of a filter, and the floats from one to the next. */
const FILTER_CHANNELS = {
  ci: "count",
  ciStride: "count",
  co: "count",
  coStride: "count",
} as const;

/** A range of floats a chunk. */
const FLOATS = { size: "count", chunkSize: "count" } as const;

/** A range of pixels a chunk. */
const PIXELS = { pixels: "count", classes: "count", chunkPixels: "count" } as const;

/** A class for each pixel, and the value that stands for none. */
const LABELS = { labels: "pointer", ignored: "i32" } as const;

/** A band of rows a chunk, of [rows, width, channels]. */
const ROWS = { rows: "count", width: "count", channels: "count", bandRows: "count" } as const;

/** The way back through normalisation and activation. */
const BACK = {
  d: "pointer",
  x: "pointer",
  out: "optional",
  ...ROWS,
  scale: "pointer",
  shift: "pointer",
  slope: "f32",
} as const;

/** The arguments of every kernel that runs on the pool. */
export const KERNELS = {
  convolve: {
    ...PHASE,
    output: "pointer",
    weights: "pointer",
    bias: "pointer",
    ...PROLOGUE,
    statistics: "optional",
    ...SCRATCH,
  },
  filterGradient: {
    ...PHASE,
    gradient: "pointer",
    partials: "pointer",
    bandsInAll: "count",
    chunks: "count",
    ...PROLOGUE,
    ...SCRATCH,
  },
  addPartials: { partials: "pointer", count: "count", out: "pointer", ...FLOATS },
  packFilter: {
    filter: "pointer",
    out: "pointer",
    taps: "pointer",
    tapCount: "count",
    ...FILTER_CHANNELS,
  },
  unpackFilter: {
    filter: "pointer",
    sums: "pointer",
    taps: "pointer",
    rows: "count",
    columns: "count",
    ...FILTER_CHANNELS,
  },
  winogradPack: {
    filter: "pointer",
    out: "pointer",
    positionStride: "count",
    ...FILTER_CHANNELS,
    flipped: "flag",
    scratch: "pointer",
  },
  winogradConvolve: {
    input: "pointer",
    images: "count",
    height: "count",
    width: "count",
    ci: "count",
    inPhases: "count",
    output: "pointer",
    co: "count",
    outPhases: "count",
    weights: "pointer",
    bias: "pointer",
    chunkRows: "count",
    planeTiles: "count",
    ...PROLOGUE,
    ...EPILOGUE,
    statistics: "optional",
    ...SCRATCH,
  },
  winogradFilterGradient: {
    input: "pointer",
    images: "count",
    height: "count",
    width: "count",
    ci: "count",
    gradient: "pointer",
    co: "count",
    phases: "count",
    partials: "pointer",
    chunks: "count",
    blockRows: "count",
    blockTiles: "count",
    ...PROLOGUE,
    ...SCRATCH,
  },
  winogradTiles: {
    map: "pointer",
    isGradient: "flag",
    images: "count",
    height: "count",
    width: "count",
    channels: "count",
    phases: "count",
    tiles: "pointer",
    plane: "bytes",
    chunkRows: "count",
    ...PROLOGUE,
    ...SCRATCH,
  },
  winogradTileSums: {
    tiles: "pointer",
    plane: "bytes",
    gradients: "pointer",
    gradientPlane: "bytes",
    count: "count",
    ci: "count",
    co: "count",
    phases: "count",
    sums: "pointer",
  },
  winogradUnpack: {
    filter: "pointer",
    partials: "pointer",
    count: "count",
    positionStride: "count",
    ...FILTER_CHANNELS,
    scratch: "pointer",
  },
  parityFilter: {
    filter: "pointer",
    parities: "pointer",
    back: "flag",
    ci: "count",
    co: "count",
  },
  join: {
    x: "pointer",
    scale: "pointer",
    shift: "pointer",
    slope: "f32",
    skip: "optional",
    doubled: "flag",
    out: "pointer",
    ...ROWS,
  },
  normaliseSums: { ...BACK, sums: "pointer", scratch: "pointer" },
  normaliseBackward: {
    ...BACK,
    ga: "pointer",
    gb: "pointer",
    gc: "pointer",
    dx: "pointer",
    dskip: "optional",
    doubled: "flag",
  },
  channelSums: { x: "pointer", ...ROWS, sums: "pointer" },
  softmax: { logits: "pointer", out: "pointer", ...PIXELS, factor: "f32", ...SCRATCH },
  softmaxBackward: { p: "pointer", dp: "pointer", out: "pointer", ...PIXELS, factor: "f32" },
  labelWeights: { ...LABELS, weights: "optional", sums: "pointer", ...PIXELS },
  crossEntropy: {
    logits: "pointer",
    ...LABELS,
    weights: "optional",
    sums: "pointer",
    ...PIXELS,
    ...SCRATCH,
  },
  crossEntropyBackward: {
    logits: "pointer",
    ...LABELS,
    weights: "optional",
    out: "pointer",
    ...PIXELS,
    factor: "f32",
    ...SCRATCH,
  },
  diceSums: { logits: "pointer", ...LABELS, sums: "pointer", ...PIXELS, ...SCRATCH },
  diceBackward: {
    logits: "pointer",
    ...LABELS,
    slopes: "pointer",
    out: "pointer",
    ...PIXELS,
    factor: "f32",
    ...SCRATCH,
  },
  addMaps: { a: "pointer", b: "pointer", out: "pointer", ...FLOATS },
  sigmoid: { x: "pointer", out: "pointer", ...FLOATS },
  sigmoidBackward: { y: "pointer", dy: "pointer", out: "pointer", ...FLOATS },
  squaredError: { a: "pointer", b: "pointer", sums: "pointer", ...FLOATS },
  scaledDifference: { a: "pointer", b: "pointer", out: "pointer", ...FLOATS, factor: "f32" },
  adam: {
    weight: "pointer",
    gradient: "pointer",
    first: "pointer",
    second: "pointer",
    ...FLOATS,
    beta1: "f32",
    beta2: "f32",
    rest1: "f32",
    rest2: "f32",
    rate: "f32",
    root: "f32",
    epsilon: "f32",
  },
} as const satisfies KernelDeclarations;

/** A kernel that runs on the pool. */
export type KernelName = keyof typeof KERNELS;
