import {
  AdamArguments,
  AddMapsArguments,
  ScaledDifferenceArguments,
  SigmoidArguments,
  SigmoidBackwardArguments,
  SquaredErrorArguments,
} from "./arguments";
import { exp4 } from "./exponential";

/** out = a + b; `size` floats, a chunk is `chunkSize` of them (a multiple of 4). */
export function addMaps(args: AddMapsArguments, chunk: i32, _lane: i32): void {
  const a = args.a, b = args.b, out = args.out;
  const size = args.size, chunkSize = args.chunkSize;
  assert(chunkSize % 4 == 0);
  const end = <usize> min(size, (chunk + 1) * chunkSize) << 2;
  let i = <usize> (chunk * chunkSize) << 2;
  for (; i + 32 <= end; i += 32) {
    const low = f32x4.add(v128.load(a + i), v128.load(b + i));
    const high = f32x4.add(v128.load(a + i, 16), v128.load(b + i, 16));
    v128.store(out + i, low);
    v128.store(out + i, high, 16);
  }
  for (; i < end; i += 4) store<f32>(out + i, load<f32>(a + i) + load<f32>(b + i));
}

/** out = 1 / (1 + exp(-x)). The last vector may be padded: lanes past the end are not stored. */
export function sigmoid(args: SigmoidArguments, chunk: i32, lane: i32): void {
  const x = args.x, out = args.out;
  const size = args.size, chunkSize = args.chunkSize;
  assert(chunkSize % 4 == 0);
  const one = f32x4.splat(1), zero = f32x4.splat(0);
  const end = <usize> min(size, (chunk + 1) * chunkSize) << 2;
  let i = <usize> (chunk * chunkSize) << 2;
  for (; i + 16 <= end; i += 16) {
    const e = exp4(f32x4.sub(zero, v128.load(x + i)));
    v128.store(out + i, f32x4.div(one, f32x4.add(one, e)));
  }
  for (; i < end; i += 4) {
    const e = exp4(f32x4.sub(zero, f32x4.splat(load<f32>(x + i))));
    store<f32>(out + i, f32x4.extract_lane(f32x4.div(one, f32x4.add(one, e)), 0));
  }
}

/** dx = dy * y * (1 - y), y the sigmoid's output. */
export function sigmoidBackward(args: SigmoidBackwardArguments, chunk: i32, _lane: i32): void {
  const y = args.y, dy = args.dy, out = args.out;
  const size = args.size, chunkSize = args.chunkSize;
  assert(chunkSize % 4 == 0);
  const end = <usize> min(size, (chunk + 1) * chunkSize) << 2;
  let i = <usize> (chunk * chunkSize) << 2;
  const one = f32x4.splat(1);
  for (; i + 16 <= end; i += 16) {
    const v = v128.load(y + i), d = f32x4.mul(v128.load(dy + i), v);
    v128.store(out + i, f32x4.mul(d, f32x4.sub(one, v)));
  }
  for (; i < end; i += 4) {
    const v = load<f32>(y + i);
    store<f32>(out + i, load<f32>(dy + i) * v * (1 - v));
  }
}

/** The sum of (a - b)^2 over the chunk, one f64 a chunk. */
export function squaredError(args: SquaredErrorArguments, chunk: i32, _lane: i32): void {
  const a = args.a, b = args.b, sums = args.sums;
  const size = args.size, chunkSize = args.chunkSize;
  assert(chunkSize % 4 == 0);
  const end = <usize> min(size, (chunk + 1) * chunkSize) << 2;
  let sum: f64 = 0;
  for (let i = <usize> (chunk * chunkSize) << 2; i < end; i += 4) {
    const difference = <f64> load<f32>(a + i) - <f64> load<f32>(b + i);
    sum += difference * difference;
  }
  store<f64>(sums + (<usize> chunk << 3), sum);
}

/** out = factor * (a - b). */
export function scaledDifference(args: ScaledDifferenceArguments, chunk: i32, _lane: i32): void {
  const a = args.a, b = args.b, out = args.out;
  const size = args.size, chunkSize = args.chunkSize;
  assert(chunkSize % 4 == 0);
  const factor = args.factor;
  const end = <usize> min(size, (chunk + 1) * chunkSize) << 2;
  let i = <usize> (chunk * chunkSize) << 2;
  const factors = f32x4.splat(factor);
  for (; i + 16 <= end; i += 16) {
    const difference = f32x4.sub(v128.load(a + i), v128.load(b + i));
    v128.store(out + i, f32x4.mul(factors, difference));
  }
  for (; i < end; i += 4) {
    store<f32>(out + i, factor * (load<f32>(a + i) - load<f32>(b + i)));
  }
}

/**
 * One step of Adam, in place (Kingma and Ba, algorithm 1, in PyTorch's order of operations):
 * m = beta1 m + rest1 g, v = beta2 v + rest2 g^2, w -= rate * m / (sqrt(v) / root + epsilon), where
 * rest1 is 1 - beta1, rest2 is 1 - beta2.
 */
export function adam(args: AdamArguments, chunk: i32, _lane: i32): void {
  const w = args.weight, g = args.gradient, m = args.first, v = args.second;
  const size = args.size, chunkSize = args.chunkSize;
  assert(chunkSize % 4 == 0);
  const beta1 = args.beta1, beta2 = args.beta2, rest1 = args.rest1, rest2 = args.rest2;
  const rate = args.rate, root = args.root, epsilon = args.epsilon;
  const end = <usize> min(size, (chunk + 1) * chunkSize) << 2;
  let i = <usize> (chunk * chunkSize) << 2;
  const decay1 = f32x4.splat(beta1), decay2 = f32x4.splat(beta2), far = f32x4.splat(epsilon);
  const share1 = f32x4.splat(rest1), share2 = f32x4.splat(rest2);
  const rates = f32x4.splat(rate), roots = f32x4.splat(root);
  for (; i + 16 <= end; i += 16) {
    const gradient = v128.load(g + i), before = v128.load(m + i), square = v128.load(v + i);
    const first = f32x4.add(f32x4.mul(decay1, before), f32x4.mul(share1, gradient));
    const second = f32x4.add(
      f32x4.mul(decay2, square),
      f32x4.mul(f32x4.mul(share2, gradient), gradient),
    );
    const divisor = f32x4.add(f32x4.div(f32x4.sqrt(second), roots), far);
    const change = f32x4.div(f32x4.mul(rates, first), divisor);
    v128.store(m + i, first);
    v128.store(v + i, second);
    v128.store(w + i, f32x4.sub(v128.load(w + i), change));
  }
  for (; i < end; i += 4) {
    const gradient = load<f32>(g + i);
    const first = beta1 * load<f32>(m + i) + rest1 * gradient;
    const second = beta2 * load<f32>(v + i) + rest2 * gradient * gradient;
    store<f32>(m + i, first);
    store<f32>(v + i, second);
    store<f32>(w + i, load<f32>(w + i) - rate * first / (sqrt<f32>(second) / root + epsilon));
  }
}
