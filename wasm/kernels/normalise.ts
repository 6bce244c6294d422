import {
  ChannelSumsArguments,
  JoinArguments,
  NormaliseBackwardArguments,
  NormaliseSumsArguments,
} from "./arguments";
import { leaky, leakyScalar } from "./band";
import { SUMS_BYTES } from "./sizes";

/**
 * out = leaky(x * scale[c] + shift[c] + skip). A chunk is a band of rows of [n * height, width,
 * channels]; with `doubled` the skip map has half the height and width and is read by nearest
 * neighbour (height even). skip 0: none.
 */
export function join(args: JoinArguments, chunk: i32, _lane: i32): void {
  const x = args.x, scale = args.scale, shift = args.shift, slope = args.slope;
  const skip = args.skip, doubled = args.doubled, out = args.out;
  const rows = args.rows, width = args.width, channels = args.channels, bandRows = args.bandRows;
  const slopes = f32x4.splat(slope);
  const pixelBytes = <usize> channels << 2, rowBytes = <usize> width * pixelBytes;
  const end = min(rows, (chunk + 1) * bandRows);
  const whole = <usize> (channels & ~3) << 2;
  for (let r = chunk * bandRows; r < end; r++) {
    const from = x + <usize> r * rowBytes, to = out + <usize> r * rowBytes;
    const side = doubled ? skip + <usize> (r >> 1) * (rowBytes >> 1) : skip + <usize> r * rowBytes;
    for (let c: usize = 0; c < whole; c += 16) {
      const a = v128.load(scale + c), b = v128.load(shift + c);
      let at = c, s = side + c;
      for (let p = 0; p < width; p++) {
        let v = f32x4.relaxed_madd(v128.load(from + at), a, b);
        if (skip != 0) {
          v = f32x4.add(v, v128.load(s));
          if (!doubled || p & 1) s += pixelBytes;
        }
        v128.store(to + at, leaky(v, slopes));
        at += pixelBytes;
      }
    }
    for (let c = whole; c < pixelBytes; c += 4) {
      const a = load<f32>(scale + c), b = load<f32>(shift + c);
      let at = c, s = side + c;
      for (let p = 0; p < width; p++) {
        let v = load<f32>(from + at) * a + b;
        if (skip != 0) {
          v += load<f32>(s);
          if (!doubled || p & 1) s += pixelBytes;
        }
        store<f32>(to + at, leakyScalar(v, slope));
        at += pixelBytes;
      }
    }
  }
}

/**
 * The first pass back through a normalisation and its activation: for each channel the sums of g
 * and of g * x, where g = d * (1 or slope), by the sign of the activation: of `out` if given, else
 * of x * scale + shift. Each chunk (band of rows) leaves 2 x channels f64.
 */
export function normaliseSums(args: NormaliseSumsArguments, chunk: i32, lane: i32): void {
  const d = args.d, x = args.x, out = args.out;
  const rows = args.rows, width = args.width, channels = args.channels, bandRows = args.bandRows;
  const scale = args.scale, shift = args.shift, slope = args.slope;
  const sums = args.sums + (<usize> (chunk * 2 * channels) << 3);
  const work = args.scratch + <usize> lane * SUMS_BYTES;
  const squares = sums + (<usize> channels << 3);
  memory.fill(sums, 0, <usize> (2 * channels) << 3);
  const slopes = f32x4.splat(slope), zero = f32x4.splat(0);
  const pixelBytes = <usize> channels << 2, rowBytes = <usize> width * pixelBytes;
  const end = min(rows, (chunk + 1) * bandRows);
  const whole = <usize> (channels & ~3) << 2;
  for (let r = chunk * bandRows; r < end; r++) {
    const row = <usize> r * rowBytes;
    for (let c: usize = 0; c < whole; c += 16) {
      const a = v128.load(scale + c), b = v128.load(shift + c);
      let s = zero, q = zero;
      let at = row + c;
      for (let p = 0; p < width; p++) {
        const v = v128.load(x + at);
        const sign = out != 0 ? v128.load(out + at) : f32x4.relaxed_madd(v, a, b);
        const g0 = v128.load(d + at);
        const g = v128.bitselect(g0, f32x4.mul(g0, slopes), f32x4.gt(sign, zero));
        s = f32x4.add(s, g);
        q = f32x4.relaxed_madd(g, v, q);
        at += pixelBytes;
      }
      v128.store(work, s);
      v128.store(work, q, 16);
      for (let l: usize = 0; l < 4; l++) {
        const i = (c << 1) + (l << 3);
        store<f64>(sums + i, load<f64>(sums + i) + <f64> load<f32>(work + (l << 2)));
        store<f64>(squares + i, load<f64>(squares + i) + <f64> load<f32>(work + 16 + (l << 2)));
      }
    }
    for (let c = whole; c < pixelBytes; c += 4) {
      const a = load<f32>(scale + c), b = load<f32>(shift + c);
      let s: f64 = 0, q: f64 = 0;
      let at = row + c;
      for (let p = 0; p < width; p++) {
        const v = load<f32>(x + at);
        const sign = out != 0 ? load<f32>(out + at) : v * a + b;
        let g = load<f32>(d + at);
        if (!(sign > 0)) g *= slope;
        s += <f64> g;
        q += <f64> g * <f64> v;
        at += pixelBytes;
      }
      const i = c << 1;
      store<f64>(sums + i, load<f64>(sums + i) + s);
      store<f64>(squares + i, load<f64>(squares + i) + q);
    }
  }
}

/**
 * The second pass back: dx = g * ga[c] + x * gb[c] + gc[c], with g as in normaliseSums; and, where
 * `dskip` is given, the gradient of the skip map: g, or with `doubled` the sum of its 2 x 2 block
 * (bands of an even number of rows). dx may be d itself.
 */
export function normaliseBackward(args: NormaliseBackwardArguments, chunk: i32, _lane: i32): void {
  const d = args.d, x = args.x, out = args.out;
  const rows = args.rows, width = args.width, channels = args.channels, bandRows = args.bandRows;
  const scale = args.scale, shift = args.shift, slope = args.slope;
  const ga = args.ga, gb = args.gb, gc = args.gc;
  const dx = args.dx, dskip = args.dskip, doubled = args.doubled;
  assert(!doubled || (bandRows % 2 == 0 && width % 2 == 0));
  const slopes = f32x4.splat(slope), zero = f32x4.splat(0);
  const pixelBytes = <usize> channels << 2, rowBytes = <usize> width * pixelBytes;
  const end = min(rows, (chunk + 1) * bandRows);
  const whole = <usize> (channels & ~3) << 2;
  for (let r = chunk * bandRows; r < end; r++) {
    const row = <usize> r * rowBytes;
    const side = doubled ? dskip + <usize> (r >> 1) * (rowBytes >> 1) : dskip + row;
    const fresh = !doubled || !(r & 1);
    if (dskip != 0 && doubled && fresh) memory.fill(side, 0, rowBytes >> 1);
    for (let c: usize = 0; c < whole; c += 16) {
      const a = v128.load(scale + c), b = v128.load(shift + c);
      const ka = v128.load(ga + c), kb = v128.load(gb + c), kc = v128.load(gc + c);
      let at = row + c, s = side + c;
      for (let p = 0; p < width; p++) {
        const v = v128.load(x + at);
        const sign = out != 0 ? v128.load(out + at) : f32x4.relaxed_madd(v, a, b);
        const g0 = v128.load(d + at);
        const g = v128.bitselect(g0, f32x4.mul(g0, slopes), f32x4.gt(sign, zero));
        if (dskip != 0) {
          v128.store(s, doubled ? f32x4.add(v128.load(s), g) : g);
          if (!doubled || p & 1) s += pixelBytes;
        }
        v128.store(dx + at, f32x4.relaxed_madd(g, ka, f32x4.relaxed_madd(v, kb, kc)));
        at += pixelBytes;
      }
    }
    for (let c = whole; c < pixelBytes; c += 4) {
      const a = load<f32>(scale + c), b = load<f32>(shift + c);
      const ka = load<f32>(ga + c), kb = load<f32>(gb + c), kc = load<f32>(gc + c);
      let at = row + c, s = side + c;
      for (let p = 0; p < width; p++) {
        const v = load<f32>(x + at);
        const sign = out != 0 ? load<f32>(out + at) : v * a + b;
        let g = load<f32>(d + at);
        if (!(sign > 0)) g *= slope;
        if (dskip != 0) {
          store<f32>(s, doubled ? load<f32>(s) + g : g);
          if (!doubled || p & 1) s += pixelBytes;
        }
        store<f32>(dx + at, g * ka + (v * kb + kc));
        at += pixelBytes;
      }
    }
  }
}

/** Each channel's sum over a band of rows of [rows, width, channels]: channels f64 a chunk. */
export function channelSums(args: ChannelSumsArguments, chunk: i32, _lane: i32): void {
  const x = args.x;
  const rows = args.rows, width = args.width, channels = args.channels, bandRows = args.bandRows;
  const sums = args.sums + (<usize> (chunk * channels) << 3);
  const pixelBytes = <usize> channels << 2;
  const begin = chunk * bandRows, end = min(rows, begin + bandRows);
  const first = x + <usize> (begin * width) * pixelBytes, pixels = (end - begin) * width;
  const whole = channels & ~3;
  for (let c = 0; c < whole; c += 4) {
    let low = f64x2.splat(0), high = low;
    let at = first + (<usize> c << 2);
    for (let p = pixels; p > 0; p--) {
      const v = v128.load(at);
      low = f64x2.add(low, f64x2.promote_low_f32x4(v));
      high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3)));
      at += pixelBytes;
    }
    v128.store(sums + (<usize> c << 3), low);
    v128.store(sums + (<usize> c << 3), high, 16);
  }
  for (let c = whole; c < channels; c++) {
    let sum: f64 = 0;
    let at = first + (<usize> c << 2);
    for (let p = pixels; p > 0; p--) {
      sum += <f64> load<f32>(at);
      at += pixelBytes;
    }
    store<f64>(sums + (<usize> c << 3), sum);
  }
}
