import {
  CrossEntropyArguments,
  CrossEntropyBackwardArguments,
  LabelWeightsArguments,
  SoftmaxArguments,
  SoftmaxBackwardArguments,
} from "./arguments";
import { exp4, log4 } from "./exponential";

/**
 * All softmax kernels take [pixels, classes], work on four pixels at once (lane = pixel) and use
 * probabilities p = softmax(logits * factor). A chunk is a range of pixels. `work` holds
 * (classes + 1) x 4 floats a lane: the exponentials of four pixels, class by class.
 */

/** Loads class k of four pixels; pixels past the end repeat the first. */
// @inline
export function gather(at: usize, pixelBytes: usize, count: i32): v128 {
  let p1 = at + pixelBytes, p2 = at + 2 * pixelBytes, p3 = at + 3 * pixelBytes;
  if (count < 4) {
    p3 = at;
    if (count < 3) p2 = at;
    if (count < 2) p1 = at;
  }
  let v = v128.load32_zero(at);
  v = v128.load_lane<f32>(p1, v, 1);
  v = v128.load_lane<f32>(p2, v, 2);
  return v128.load_lane<f32>(p3, v, 3);
}

// @inline
export function scatter(at: usize, pixelBytes: usize, count: i32, v: v128): void {
  v128.store_lane<f32>(at, v, 0);
  if (count == 4) {
    v128.store_lane<f32>(at + pixelBytes, v, 1);
    v128.store_lane<f32>(at + 2 * pixelBytes, v, 2);
    v128.store_lane<f32>(at + 3 * pixelBytes, v, 3);
    return;
  }
  if (count > 1) v128.store_lane<f32>(at + pixelBytes, v, 1);
  if (count > 2) v128.store_lane<f32>(at + 2 * pixelBytes, v, 2);
}

/** Leaves the exponentials of four pixels in `work`, the maximum behind them; returns their sum. */
export function exponentials(
  at: usize,
  pixelBytes: usize,
  classes: i32,
  count: i32,
  factor: v128,
  work: usize,
): v128 {
  let top = f32x4.splat(-Infinity);
  for (let k: usize = 0; k < <usize> classes; k++) {
    const v = f32x4.mul(gather(at + (k << 2), pixelBytes, count), factor);
    v128.store(work + (k << 4), v);
    top = f32x4.pmax(top, v);
  }
  let sum = f32x4.splat(0);
  for (let k: usize = 0; k < <usize> classes; k++) {
    const e = exp4(f32x4.sub(v128.load(work + (k << 4)), top));
    v128.store(work + (k << 4), e);
    sum = f32x4.add(sum, e);
  }
  v128.store(work + (<usize> classes << 4), top);
  return sum;
}

/** Below it a float's digits fade; a convolution of such numbers alone took 2.7 s in place of 15 ms. */
const SMALLEST_NORMAL: f32 = 1.1754943508222875e-38;

/**
 * out = softmax(logits * factor), 0 where that is no normal number: the convolution that read the
 * probabilities of a network very sure of itself took three times as long.
 */
export function softmax(args: SoftmaxArguments, chunk: i32, lane: i32): void {
  const logits = args.logits, out = args.out;
  const pixels = args.pixels, classes = args.classes, chunkPixels = args.chunkPixels;
  const factor = f32x4.splat(args.factor);
  const work = args.scratch + <usize> lane * args.scratchBytes;
  assert(args.scratchBytes >= <usize> (classes + 1) << 4);
  const pixelBytes = <usize> classes << 2;
  const end = min(pixels, (chunk + 1) * chunkPixels);
  for (let p = chunk * chunkPixels; p < end; p += 4) {
    const at = <usize> p * pixelBytes, count = min(4, end - p);
    const sum = exponentials(logits + at, pixelBytes, classes, count, factor, work);
    for (let k: usize = 0; k < <usize> classes; k++) {
      const v = f32x4.div(v128.load(work + (k << 4)), sum);
      const subnormal = f32x4.lt(v, f32x4.splat(SMALLEST_NORMAL));
      scatter(out + at + (k << 2), pixelBytes, count, v128.andnot(v, subnormal));
    }
  }
}

/** dlogits = factor * p * (dp - sum of p * dp), p the softmax's output. */
export function softmaxBackward(args: SoftmaxBackwardArguments, chunk: i32, _lane: i32): void {
  const p = args.p, dp = args.dp, out = args.out;
  const pixels = args.pixels, classes = args.classes, chunkPixels = args.chunkPixels;
  const factor = args.factor;
  const pixelBytes = <usize> classes << 2;
  const end = min(pixels, (chunk + 1) * chunkPixels);
  for (let i = chunk * chunkPixels; i < end; i++) {
    const at = <usize> i * pixelBytes;
    let dot: f32 = 0;
    for (let k: usize = 0; k < pixelBytes; k += 4) {
      dot += load<f32>(p + at + k) * load<f32>(dp + at + k);
    }
    for (let k: usize = 0; k < pixelBytes; k += 4) {
      const v = load<f32>(p + at + k) * (load<f32>(dp + at + k) - dot);
      store<f32>(out + at + k, factor * v);
    }
  }
}

/** The labels of four pixels; those past the end have none. */
// @inline
export function gatherLabels(at: usize, count: i32, ignored: i32): v128 {
  return i32x4(
    load<i32>(at),
    count > 1 ? load<i32>(at + 4) : ignored,
    count > 2 ? load<i32>(at + 8) : ignored,
    count > 3 ? load<i32>(at + 12) : ignored,
  );
}

/** The weight of a label, which may be the one that stands for none. */
// @inline
function weightOf(weights: usize, label: i32, ignored: i32): f32 {
  return label == ignored ? <f32> 0 : load<f32>(weights + (<usize> label << 2));
}

/** The weights of the chunk's labels, summed into one f64 a chunk; 1 each without weights. */
export function labelWeights(args: LabelWeightsArguments, chunk: i32, _lane: i32): void {
  const labels = args.labels, ignored = args.ignored, weights = args.weights;
  const classes = args.classes, chunkPixels = args.chunkPixels;
  const end = min(args.pixels, (chunk + 1) * chunkPixels);
  let total: f64 = 0;
  for (let p = chunk * chunkPixels; p < end; p++) {
    const label = load<i32>(labels + (<usize> p << 2));
    if (label == ignored) continue;
    assert(label >= 0 && label < classes);
    total += weights == 0 ? 1 : <f64> weightOf(weights, label, ignored);
  }
  store<f64>(args.sums + (<usize> chunk << 3), total);
}

/**
 * -log softmax(logits)[label] times the label's weight (1 without weights), summed over the chunk's
 * pixels into one f64 a chunk. Labels are i32; pixels whose label is `ignored` are left out.
 */
export function crossEntropy(args: CrossEntropyArguments, chunk: i32, lane: i32): void {
  const logits = args.logits, labels = args.labels, sums = args.sums;
  const ignored = args.ignored, weights = args.weights;
  const pixels = args.pixels, classes = args.classes, chunkPixels = args.chunkPixels;
  const work = args.scratch + <usize> lane * args.scratchBytes;
  assert(args.scratchBytes >= <usize> (classes + 1) << 4);
  const pixelBytes = <usize> classes << 2;
  const one = f32x4.splat(1);
  const end = min(pixels, (chunk + 1) * chunkPixels);
  let total: f64 = 0;
  for (let p = chunk * chunkPixels; p < end; p += 4) {
    const at = <usize> p * pixelBytes, count = min(4, end - p);
    const sum = exponentials(logits + at, pixelBytes, classes, count, one, work);
    const losses = work + (<usize> classes << 4);
    // log sum + maximum - the label's logit.
    v128.store(losses, f32x4.add(log4(sum), v128.load(losses)));
    for (let i = 0; i < count; i++) {
      const label = load<i32>(labels + (<usize> (p + i) << 2));
      if (label == ignored) continue;
      assert(label >= 0 && label < classes);
      const logit = load<f32>(logits + at + <usize> i * pixelBytes + (<usize> label << 2));
      const loss = <f64> load<f32>(losses + (<usize> i << 2)) - <f64> logit;
      total += weights == 0 ? loss : loss * <f64> weightOf(weights, label, ignored);
    }
  }
  store<f64>(sums + (<usize> chunk << 3), total);
}

/** dlogits = factor * weight * (softmax(logits) - onehot(label)), 0 where the label is `ignored`. */
export function crossEntropyBackward(
  args: CrossEntropyBackwardArguments,
  chunk: i32,
  lane: i32,
): void {
  const logits = args.logits, labels = args.labels, out = args.out;
  const ignored = args.ignored, weights = args.weights;
  const pixels = args.pixels, classes = args.classes, chunkPixels = args.chunkPixels;
  const work = args.scratch + <usize> lane * args.scratchBytes;
  assert(args.scratchBytes >= <usize> (classes + 1) << 4);
  const factor = f32x4.splat(args.factor);
  const pixelBytes = <usize> classes << 2;
  const end = min(pixels, (chunk + 1) * chunkPixels);
  for (let p = chunk * chunkPixels; p < end; p += 4) {
    const at = <usize> p * pixelBytes, count = min(4, end - p);
    const sum = exponentials(
      logits + at,
      pixelBytes,
      classes,
      count,
      f32x4.splat(1),
      work,
    );
    const label = gatherLabels(labels + (<usize> p << 2), count, ignored);
    const none = i32x4.eq(label, i32x4.splat(ignored));
    let scale = factor;
    if (weights != 0) {
      const own = f32x4(
        weightOf(weights, i32x4.extract_lane(label, 0), ignored),
        weightOf(weights, i32x4.extract_lane(label, 1), ignored),
        weightOf(weights, i32x4.extract_lane(label, 2), ignored),
        weightOf(weights, i32x4.extract_lane(label, 3), ignored),
      );
      scale = f32x4.mul(factor, own);
    }
    for (let k = 0; k < classes; k++) {
      const hit = v128.and(i32x4.eq(label, i32x4.splat(k)), f32x4.splat(1));
      const v = f32x4.sub(f32x4.div(v128.load(work + (<usize> k << 4)), sum), hit);
      const d = v128.andnot(f32x4.mul(v, scale), none);
      scatter(out + at + (<usize> k << 2), pixelBytes, count, d);
    }
  }
}
