import { DiceBackwardArguments, DiceSumsArguments } from "./arguments";
import { exponentials, gatherLabels, scatter } from "./softmax";

/**
 * The soft Dice loss of softmax(logits), four pixels at once as in softmax.ts; pixels whose label is
 * `ignored` are left out.
 */

/** Adds four floats to an f64, in their order. */
// @inline
function addFour(at: usize, v: v128): void {
  const sum = load<f64>(at) + <f64> f32x4.extract_lane(v, 0) + <f64> f32x4.extract_lane(v, 1) +
    <f64> f32x4.extract_lane(v, 2) + <f64> f32x4.extract_lane(v, 3);
  store<f64>(at, sum);
}

/**
 * Sums over the chunk's pixels, [3, classes] of f64 a chunk: the probability where the label is the
 * class, the probability, and the pixels of the label.
 */
export function diceSums(args: DiceSumsArguments, chunk: i32, lane: i32): void {
  const logits = args.logits, labels = args.labels, ignored = args.ignored;
  const pixels = args.pixels, classes = args.classes, chunkPixels = args.chunkPixels;
  const work = args.scratch + <usize> lane * args.scratchBytes;
  assert(args.scratchBytes >= <usize> (classes + 1) << 4);
  const pixelBytes = <usize> classes << 2, row = <usize> classes << 3;
  const hits = args.sums + <usize> chunk * 3 * row, all = hits + row, own = all + row;
  memory.fill(hits, 0, 3 * row);
  const one = f32x4.splat(1);
  const end = min(pixels, (chunk + 1) * chunkPixels);
  for (let p = chunk * chunkPixels; p < end; p += 4) {
    const at = <usize> p * pixelBytes, count = min(4, end - p);
    const label = gatherLabels(labels + (<usize> p << 2), count, ignored);
    const none = i32x4.eq(label, i32x4.splat(ignored));
    if (i32x4.all_true(none)) continue;
    const sum = exponentials(logits + at, pixelBytes, classes, count, one, work);
    for (let k = 0; k < classes; k++) {
      const to = <usize> k << 3;
      const v = v128.andnot(f32x4.div(v128.load(work + (<usize> k << 4)), sum), none);
      const is = i32x4.eq(label, i32x4.splat(k));
      addFour(all + to, v);
      if (!v128.any_true(is)) continue;
      addFour(hits + to, v128.and(v, is));
      addFour(own + to, v128.and(is, one));
    }
  }
}

/**
 * dlogits = factor * p * (dp - sum of p * dp), where dp = slopes[0][k] at pixels of class k and
 * slopes[1][k] more at all: the loss by the probabilities. `slopes` is [2, classes].
 */
export function diceBackward(args: DiceBackwardArguments, chunk: i32, lane: i32): void {
  const logits = args.logits, labels = args.labels, ignored = args.ignored;
  const slopes = args.slopes, out = args.out;
  const pixels = args.pixels, classes = args.classes, chunkPixels = args.chunkPixels;
  const work = args.scratch + <usize> lane * args.scratchBytes;
  assert(args.scratchBytes >= <usize> (classes + 1) << 4);
  const factor = f32x4.splat(args.factor), one = f32x4.splat(1);
  const pixelBytes = <usize> classes << 2;
  const end = min(pixels, (chunk + 1) * chunkPixels);
  for (let p = chunk * chunkPixels; p < end; p += 4) {
    const at = <usize> p * pixelBytes, count = min(4, end - p);
    const label = gatherLabels(labels + (<usize> p << 2), count, ignored);
    const none = i32x4.eq(label, i32x4.splat(ignored));
    const sum = exponentials(logits + at, pixelBytes, classes, count, one, work);
    let dot = f32x4.splat(0);
    for (let k = 0; k < classes; k++) {
      const from = work + (<usize> k << 4);
      const v = f32x4.div(v128.load(from), sum);
      v128.store(from, v);
      dot = f32x4.add(dot, f32x4.mul(v, slopeOf(slopes, classes, k, label)));
    }
    for (let k = 0; k < classes; k++) {
      const v = v128.load(work + (<usize> k << 4));
      const d = f32x4.mul(v, f32x4.sub(slopeOf(slopes, classes, k, label), dot));
      const kept = v128.andnot(f32x4.mul(d, factor), none);
      scatter(out + at + (<usize> k << 2), pixelBytes, count, kept);
    }
  }
}

/** The loss by the probability of class k, at four pixels. */
// @inline
function slopeOf(slopes: usize, classes: i32, k: i32, label: v128): v128 {
  const atHit = v128.load32_splat(slopes + (<usize> k << 2));
  const anywhere = v128.load32_splat(slopes + (<usize> (classes + k) << 2));
  return f32x4.add(v128.and(atHit, i32x4.eq(label, i32x4.splat(k))), anywhere);
}
