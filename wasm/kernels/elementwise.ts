import { arg } from "./band";
import { exp4 } from "./exponential";

/** out = a + b; `size` floats, a chunk is `chunkSize` of them (a multiple of 4). */
export function addMaps(args: usize, chunk: i32, _lane: i32): void {
  const a = <usize> arg(args, 0), b = <usize> arg(args, 1), out = <usize> arg(args, 2);
  const size = arg(args, 3), chunkSize = arg(args, 4);
  const end = <usize> min(size, (chunk + 1) * chunkSize) << 2;
  let i = <usize> (chunk * chunkSize) << 2;
  for (; i + 16 <= end; i += 16) {
    v128.store(out + i, f32x4.add(v128.load(a + i), v128.load(b + i)));
  }
  for (; i < end; i += 4) store<f32>(out + i, load<f32>(a + i) + load<f32>(b + i));
}

/** out = 1 / (1 + exp(-x)). The last vector may be padded: lanes past the end are not stored. */
export function sigmoid(args: usize, chunk: i32, lane: i32): void {
  const x = <usize> arg(args, 0), out = <usize> arg(args, 1);
  const size = arg(args, 2), chunkSize = arg(args, 3);
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
export function sigmoidBackward(args: usize, chunk: i32, _lane: i32): void {
  const y = <usize> arg(args, 0), dy = <usize> arg(args, 1), out = <usize> arg(args, 2);
  const size = arg(args, 3), chunkSize = arg(args, 4);
  const end = <usize> min(size, (chunk + 1) * chunkSize) << 2;
  for (let i = <usize> (chunk * chunkSize) << 2; i < end; i += 4) {
    const v = load<f32>(y + i);
    store<f32>(out + i, load<f32>(dy + i) * v * (1 - v));
  }
}

/** The sum of (a - b)^2 over the chunk, one f64 a chunk. */
export function squaredError(args: usize, chunk: i32, _lane: i32): void {
  const a = <usize> arg(args, 0), b = <usize> arg(args, 1), sums = <usize> arg(args, 2);
  const size = arg(args, 3), chunkSize = arg(args, 4);
  const end = <usize> min(size, (chunk + 1) * chunkSize) << 2;
  let sum: f64 = 0;
  for (let i = <usize> (chunk * chunkSize) << 2; i < end; i += 4) {
    const difference = <f64> load<f32>(a + i) - <f64> load<f32>(b + i);
    sum += difference * difference;
  }
  store<f64>(sums + (<usize> chunk << 3), sum);
}

/** out = factor * (a - b). */
export function scaledDifference(args: usize, chunk: i32, _lane: i32): void {
  const a = <usize> arg(args, 0), b = <usize> arg(args, 1), out = <usize> arg(args, 2);
  const size = arg(args, 3), chunkSize = arg(args, 4);
  const factor = load<f32>(args + 20);
  const end = <usize> min(size, (chunk + 1) * chunkSize) << 2;
  for (let i = <usize> (chunk * chunkSize) << 2; i < end; i += 4) {
    store<f32>(out + i, factor * (load<f32>(a + i) - load<f32>(b + i)));
  }
}

/**
 * One step of Adam, in place (Kingma and Ba, algorithm 1, in PyTorch's order of operations):
 * m = b1 m + (1 - b1) g, v = b2 v + (1 - b2) g^2, w -= rate * m / (sqrt(v) / root + epsilon).
 */
export function adam(args: usize, chunk: i32, _lane: i32): void {
  const w = <usize> arg(args, 0), g = <usize> arg(args, 1);
  const m = <usize> arg(args, 2), v = <usize> arg(args, 3);
  const size = arg(args, 4), chunkSize = arg(args, 5);
  const b1 = load<f32>(args + 24), b2 = load<f32>(args + 28);
  const rate = load<f32>(args + 32), root = load<f32>(args + 36), epsilon = load<f32>(args + 40);
  const rest1 = load<f32>(args + 44), rest2 = load<f32>(args + 48);
  const end = <usize> min(size, (chunk + 1) * chunkSize) << 2;
  for (let i = <usize> (chunk * chunkSize) << 2; i < end; i += 4) {
    const gradient = load<f32>(g + i);
    const first = b1 * load<f32>(m + i) + rest1 * gradient;
    const second = b2 * load<f32>(v + i) + rest2 * gradient * gradient;
    store<f32>(m + i, first);
    store<f32>(v + i, second);
    store<f32>(w + i, load<f32>(w + i) - rate * first / (sqrt<f32>(second) / root + epsilon));
  }
}
