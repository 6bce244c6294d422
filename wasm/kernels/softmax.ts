import {
  CrossEntropyArguments,
  CrossEntropyBackwardArguments,
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
function gather(at: usize, pixelBytes: usize, count: i32): v128 {
  const p1 = count > 1 ? at + pixelBytes : at;
  const p2 = count > 2 ? at + 2 * pixelBytes : at;
  const p3 = count > 3 ? at + 3 * pixelBytes : at;
  return f32x4(load<f32>(at), load<f32>(p1), load<f32>(p2), load<f32>(p3));
}

// @inline
function scatter(at: usize, pixelBytes: usize, count: i32, v: v128): void {
  store<f32>(at, f32x4.extract_lane(v, 0));
  if (count > 1) store<f32>(at + pixelBytes, f32x4.extract_lane(v, 1));
  if (count > 2) store<f32>(at + 2 * pixelBytes, f32x4.extract_lane(v, 2));
  if (count > 3) store<f32>(at + 3 * pixelBytes, f32x4.extract_lane(v, 3));
}

/** Leaves the exponentials of four pixels in `work`, the maximum behind them; returns their sum. */
function exponentials(
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
    top = f32x4.max(top, v);
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

/** out = softmax(logits * factor). */
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
      scatter(out + at + (k << 2), pixelBytes, count, v);
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

/**
 * -log softmax(logits)[label], summed over the chunk's pixels into one f64 a chunk. Labels are
 * i32.
 */
export function crossEntropy(args: CrossEntropyArguments, chunk: i32, lane: i32): void {
  const logits = args.logits, labels = args.labels, sums = args.sums;
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
      assert(label >= 0 && label < classes);
      const logit = load<f32>(logits + at + <usize> i * pixelBytes + (<usize> label << 2));
      total += <f64> load<f32>(losses + (<usize> i << 2)) - <f64> logit;
    }
  }
  store<f64>(sums + (<usize> chunk << 3), total);
}

/** dlogits = factor * (softmax(logits) - onehot(label)). */
export function crossEntropyBackward(
  args: CrossEntropyBackwardArguments,
  chunk: i32,
  lane: i32,
): void {
  const logits = args.logits, labels = args.labels, out = args.out;
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
    const label = i32x4(
      load<i32>(labels + (<usize> p << 2)),
      count > 1 ? load<i32>(labels + (<usize> p << 2) + 4) : 0,
      count > 2 ? load<i32>(labels + (<usize> p << 2) + 8) : 0,
      count > 3 ? load<i32>(labels + (<usize> p << 2) + 12) : 0,
    );
    for (let k = 0; k < classes; k++) {
      const hit = v128.and(i32x4.eq(label, i32x4.splat(k)), f32x4.splat(1));
      const v = f32x4.sub(f32x4.div(v128.load(work + (<usize> k << 4)), sum), hit);
      scatter(out + at + (<usize> k << 2), pixelBytes, count, f32x4.mul(v, factor));
    }
  }
}
