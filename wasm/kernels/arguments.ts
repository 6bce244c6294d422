/** Written by `deno task build:wasm` from wasm/kernel_arguments.ts: change that one. */

/** What convolve is told. */
@unmanaged
export class ConvolveArguments {
  input: usize;
  height: i32;
  width: i32;
  ci: i32;
  outHeight: i32;
  outWidth: i32;
  co: i32;
  gridRows: i32;
  gridColumns: i32;
  inStride: i32;
  outStride: i32;
  py: i32;
  px: i32;
  top: i32;
  rows: i32;
  left: i32;
  columns: i32;
  bandRows: i32;
  bands: i32;
  output: usize;
  weights: usize;
  bias: usize;
  scale: usize;
  shift: usize;
  slope: f32;
  statistics: usize;
  scratch: usize;
  scratchBytes: usize;
}

/** What filterGradient is told. */
@unmanaged
export class FilterGradientArguments {
  input: usize;
  height: i32;
  width: i32;
  ci: i32;
  outHeight: i32;
  outWidth: i32;
  co: i32;
  gridRows: i32;
  gridColumns: i32;
  inStride: i32;
  outStride: i32;
  py: i32;
  px: i32;
  top: i32;
  rows: i32;
  left: i32;
  columns: i32;
  bandRows: i32;
  bands: i32;
  gradient: usize;
  partials: usize;
  bandsInAll: i32;
  chunks: i32;
  scale: usize;
  shift: usize;
  slope: f32;
  scratch: usize;
  scratchBytes: usize;
}

/** What addPartials is told. */
@unmanaged
export class AddPartialsArguments {
  partials: usize;
  count: i32;
  out: usize;
  size: i32;
  chunkSize: i32;
}

/** What packFilter is told. */
@unmanaged
export class PackFilterArguments {
  filter: usize;
  out: usize;
  taps: usize;
  tapCount: i32;
  ci: i32;
  ciStride: i32;
  co: i32;
  coStride: i32;
}

/** What unpackFilter is told. */
@unmanaged
export class UnpackFilterArguments {
  filter: usize;
  sums: usize;
  taps: usize;
  rows: i32;
  columns: i32;
  ci: i32;
  ciStride: i32;
  co: i32;
  coStride: i32;
}

/** What winogradPack is told. */
@unmanaged
export class WinogradPackArguments {
  filter: usize;
  out: usize;
  positionStride: i32;
  ci: i32;
  ciStride: i32;
  co: i32;
  coStride: i32;
  flipped: i32;
  scratch: usize;
}

/** What winogradConvolve is told. */
@unmanaged
export class WinogradConvolveArguments {
  input: usize;
  images: i32;
  height: i32;
  width: i32;
  ci: i32;
  inPhases: i32;
  output: usize;
  co: i32;
  outPhases: i32;
  weights: usize;
  bias: usize;
  chunkRows: i32;
  planeTiles: i32;
  scale: usize;
  shift: usize;
  slope: f32;
  activated: i32;
  outSlope: f32;
  skip: usize;
  skipDoubled: i32;
  statistics: usize;
  scratch: usize;
  scratchBytes: usize;
}

/** What winogradFilterGradient is told. */
@unmanaged
export class WinogradFilterGradientArguments {
  input: usize;
  images: i32;
  height: i32;
  width: i32;
  ci: i32;
  gradient: usize;
  co: i32;
  phases: i32;
  partials: usize;
  chunks: i32;
  blockRows: i32;
  blockTiles: i32;
  scale: usize;
  shift: usize;
  slope: f32;
  scratch: usize;
  scratchBytes: usize;
}

/** What winogradTiles is told. */
@unmanaged
export class WinogradTilesArguments {
  map: usize;
  isGradient: i32;
  images: i32;
  height: i32;
  width: i32;
  channels: i32;
  phases: i32;
  tiles: usize;
  plane: usize;
  chunkRows: i32;
  scale: usize;
  shift: usize;
  slope: f32;
  scratch: usize;
  scratchBytes: usize;
}

/** What winogradTileSums is told. */
@unmanaged
export class WinogradTileSumsArguments {
  tiles: usize;
  plane: usize;
  gradients: usize;
  gradientPlane: usize;
  count: i32;
  ci: i32;
  co: i32;
  phases: i32;
  sums: usize;
}

/** What winogradUnpack is told. */
@unmanaged
export class WinogradUnpackArguments {
  filter: usize;
  partials: usize;
  count: i32;
  positionStride: i32;
  ci: i32;
  ciStride: i32;
  co: i32;
  coStride: i32;
  scratch: usize;
}

/** What parityFilter is told. */
@unmanaged
export class ParityFilterArguments {
  filter: usize;
  parities: usize;
  back: i32;
  ci: i32;
  co: i32;
}

/** What join is told. */
@unmanaged
export class JoinArguments {
  x: usize;
  scale: usize;
  shift: usize;
  slope: f32;
  skip: usize;
  doubled: i32;
  out: usize;
  rows: i32;
  width: i32;
  channels: i32;
  bandRows: i32;
}

/** What normaliseSums is told. */
@unmanaged
export class NormaliseSumsArguments {
  d: usize;
  x: usize;
  out: usize;
  rows: i32;
  width: i32;
  channels: i32;
  bandRows: i32;
  scale: usize;
  shift: usize;
  slope: f32;
  sums: usize;
  scratch: usize;
}

/** What normaliseBackward is told. */
@unmanaged
export class NormaliseBackwardArguments {
  d: usize;
  x: usize;
  out: usize;
  rows: i32;
  width: i32;
  channels: i32;
  bandRows: i32;
  scale: usize;
  shift: usize;
  slope: f32;
  ga: usize;
  gb: usize;
  gc: usize;
  dx: usize;
  dskip: usize;
  doubled: i32;
}

/** What channelSums is told. */
@unmanaged
export class ChannelSumsArguments {
  x: usize;
  rows: i32;
  width: i32;
  channels: i32;
  bandRows: i32;
  sums: usize;
}

/** What softmax is told. */
@unmanaged
export class SoftmaxArguments {
  logits: usize;
  out: usize;
  pixels: i32;
  classes: i32;
  chunkPixels: i32;
  factor: f32;
  scratch: usize;
  scratchBytes: usize;
}

/** What softmaxBackward is told. */
@unmanaged
export class SoftmaxBackwardArguments {
  p: usize;
  dp: usize;
  out: usize;
  pixels: i32;
  classes: i32;
  chunkPixels: i32;
  factor: f32;
}

/** What labelWeights is told. */
@unmanaged
export class LabelWeightsArguments {
  labels: usize;
  ignored: i32;
  weights: usize;
  sums: usize;
  pixels: i32;
  classes: i32;
  chunkPixels: i32;
}

/** What crossEntropy is told. */
@unmanaged
export class CrossEntropyArguments {
  logits: usize;
  labels: usize;
  ignored: i32;
  weights: usize;
  sums: usize;
  pixels: i32;
  classes: i32;
  chunkPixels: i32;
  scratch: usize;
  scratchBytes: usize;
}

/** What crossEntropyBackward is told. */
@unmanaged
export class CrossEntropyBackwardArguments {
  logits: usize;
  labels: usize;
  ignored: i32;
  weights: usize;
  out: usize;
  pixels: i32;
  classes: i32;
  chunkPixels: i32;
  factor: f32;
  scratch: usize;
  scratchBytes: usize;
}

/** What diceSums is told. */
@unmanaged
export class DiceSumsArguments {
  logits: usize;
  labels: usize;
  ignored: i32;
  sums: usize;
  pixels: i32;
  classes: i32;
  chunkPixels: i32;
  scratch: usize;
  scratchBytes: usize;
}

/** What diceBackward is told. */
@unmanaged
export class DiceBackwardArguments {
  logits: usize;
  labels: usize;
  ignored: i32;
  slopes: usize;
  out: usize;
  pixels: i32;
  classes: i32;
  chunkPixels: i32;
  factor: f32;
  scratch: usize;
  scratchBytes: usize;
}

/** What addMaps is told. */
@unmanaged
export class AddMapsArguments {
  a: usize;
  b: usize;
  out: usize;
  size: i32;
  chunkSize: i32;
}

/** What sigmoid is told. */
@unmanaged
export class SigmoidArguments {
  x: usize;
  out: usize;
  size: i32;
  chunkSize: i32;
}

/** What sigmoidBackward is told. */
@unmanaged
export class SigmoidBackwardArguments {
  y: usize;
  dy: usize;
  out: usize;
  size: i32;
  chunkSize: i32;
}

/** What squaredError is told. */
@unmanaged
export class SquaredErrorArguments {
  a: usize;
  b: usize;
  sums: usize;
  size: i32;
  chunkSize: i32;
}

/** What scaledDifference is told. */
@unmanaged
export class ScaledDifferenceArguments {
  a: usize;
  b: usize;
  out: usize;
  size: i32;
  chunkSize: i32;
  factor: f32;
}

/** What adam is told. */
@unmanaged
export class AdamArguments {
  weight: usize;
  gradient: usize;
  first: usize;
  second: usize;
  size: i32;
  chunkSize: i32;
  beta1: f32;
  beta2: f32;
  rest1: f32;
  rest2: f32;
  rate: f32;
  root: f32;
  epsilon: f32;
}
