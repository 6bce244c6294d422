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
  for (let r = chunk * bandRows; r < end; r++) {
    const from = x + <usize> r * rowBytes, to = out + <usize> r * rowBytes;
    const side = doubled ? skip + <usize> (r >> 1) * (rowBytes >> 1) : skip + <usize> r * rowBytes;
    let c: usize = 0;
    for (; c + 32 <= pixelBytes; c += 32) {
      const s = skip == 0 ? 0 : side + c;
      joinLanes(
        from + c,
        s,
        doubled,
        to + c,
        width,
        pixelBytes,
        scale + c,
        shift + c,
        slopes,
        true,
      );
    }
    for (; c + 16 <= pixelBytes; c += 16) {
      const s = skip == 0 ? 0 : side + c;
      joinLanes(
        from + c,
        s,
        doubled,
        to + c,
        width,
        pixelBytes,
        scale + c,
        shift + c,
        slopes,
        false,
      );
    }
    for (; c < pixelBytes; c += 4) {
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

/** A row's join of four channels, or with `two` of eight. */
// @inline
function joinLanes(
  from: usize,
  skip: usize,
  doubled: i32,
  to: usize,
  width: i32,
  pixelBytes: usize,
  scale: usize,
  shift: usize,
  slopes: v128,
  two: bool,
): void {
  const a = v128.load(scale), b = v128.load(shift), joins = skip != 0;
  const a1 = two ? v128.load(scale, 16) : a, b1 = two ? v128.load(shift, 16) : b;
  for (let p = 0; p < width; p++) {
    let v = f32x4.relaxed_madd(v128.load(from), a, b);
    let v1 = two ? f32x4.relaxed_madd(v128.load(from, 16), a1, b1) : v;
    if (joins) {
      v = f32x4.add(v, v128.load(skip));
      if (two) v1 = f32x4.add(v1, v128.load(skip, 16));
      if (!doubled || p & 1) skip += pixelBytes;
    }
    v128.store(to, leaky(v, slopes));
    if (two) v128.store(to, leaky(v1, slopes), 16);
    from += pixelBytes;
    to += pixelBytes;
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
  const slopes = f32x4.splat(slope);
  const pixelBytes = <usize> channels << 2, rowBytes = <usize> width * pixelBytes;
  const end = min(rows, (chunk + 1) * bandRows);
  for (let r = chunk * bandRows; r < end; r++) {
    const row = <usize> r * rowBytes;
    let c: usize = 0;
    for (; c < (pixelBytes & ~15);) {
      const two = c + 32 <= pixelBytes, at = row + c, sign = out == 0 ? 0 : out + at;
      const a = scale + c, b = shift + c;
      if (two) sumLanes(d + at, x + at, sign, width, pixelBytes, a, b, slopes, work, true);
      else sumLanes(d + at, x + at, sign, width, pixelBytes, a, b, slopes, work, false);
      const lanes: usize = two ? 8 : 4;
      for (let l: usize = 0; l < lanes; l++) {
        const i = (c << 1) + (l << 3), found = work + (l << 2);
        store<f64>(sums + i, load<f64>(sums + i) + <f64> load<f32>(found));
        store<f64>(squares + i, load<f64>(squares + i) + <f64> load<f32>(found, 32));
      }
      c += lanes << 2;
    }
    for (; c < pixelBytes; c += 4) {
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
 * A row's sums of g and, 32 bytes behind, of g * x, of four channels or with `two` of eight: the
 * additions of four alone wait for one another.
 */
// @inline
function sumLanes(
  d: usize,
  x: usize,
  out: usize,
  width: i32,
  pixelBytes: usize,
  scale: usize,
  shift: usize,
  slopes: v128,
  work: usize,
  two: bool,
): void {
  const a = v128.load(scale), b = v128.load(shift), known = out != 0, zero = f32x4.splat(0);
  const a1 = two ? v128.load(scale, 16) : a, b1 = two ? v128.load(shift, 16) : b;
  let s = zero, q = zero, s1 = zero, q1 = zero;
  for (let p = 0; p < width; p++) {
    const v = v128.load(x), v1 = two ? v128.load(x, 16) : v;
    let sign = f32x4.relaxed_madd(v, a, b), sign1 = two ? f32x4.relaxed_madd(v1, a1, b1) : sign;
    if (known) {
      sign = v128.load(out);
      if (two) sign1 = v128.load(out, 16);
      out += pixelBytes;
    }
    const g0 = v128.load(d), g1 = two ? v128.load(d, 16) : g0;
    const g = sloped(g0, slopes, sign), h = two ? sloped(g1, slopes, sign1) : g;
    s = f32x4.add(s, g);
    q = f32x4.relaxed_madd(g, v, q);
    if (two) {
      s1 = f32x4.add(s1, h);
      q1 = f32x4.relaxed_madd(h, v1, q1);
    }
    x += pixelBytes;
    d += pixelBytes;
  }
  v128.store(work, s);
  if (two) v128.store(work, s1, 16);
  v128.store(work, q, 32);
  if (two) v128.store(work, q1, 48);
}

/** d where the activation was above 0, else d * slope. */
// @inline
function sloped(d: v128, slopes: v128, sign: v128): v128 {
  return v128.bitselect(d, f32x4.mul(d, slopes), f32x4.gt(sign, f32x4.splat(0)));
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
  const slopes = f32x4.splat(slope);
  const pixelBytes = <usize> channels << 2, rowBytes = <usize> width * pixelBytes;
  const end = min(rows, (chunk + 1) * bandRows);
  for (let r = chunk * bandRows; r < end; r++) {
    const row = <usize> r * rowBytes;
    const side = doubled ? dskip + <usize> (r >> 1) * (rowBytes >> 1) : dskip + row;
    const fresh = !doubled || !(r & 1);
    if (dskip != 0 && doubled && fresh) memory.fill(side, 0, rowBytes >> 1);
    let c: usize = 0;
    for (; c < (pixelBytes & ~15);) {
      const two = c + 32 <= pixelBytes, at = row + c, sign = out == 0 ? 0 : out + at;
      const s = dskip == 0 ? 0 : side + c, a = scale + c, b = shift + c;
      const ka = ga + c, kb = gb + c, kc = gc + c, px = x + at, pd = d + at, to = dx + at;
      if (two) {
        backLanes(pd, px, sign, width, pixelBytes, a, b, slopes, ka, kb, kc, to, s, doubled, true);
        c += 32;
      } else {
        backLanes(pd, px, sign, width, pixelBytes, a, b, slopes, ka, kb, kc, to, s, doubled, false);
        c += 16;
      }
    }
    for (; c < pixelBytes; c += 4) {
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

/** A row of normaliseBackward, of four channels or with `two` of eight. */
// @inline
function backLanes(
  d: usize,
  x: usize,
  out: usize,
  width: i32,
  pixelBytes: usize,
  scale: usize,
  shift: usize,
  slopes: v128,
  ga: usize,
  gb: usize,
  gc: usize,
  dx: usize,
  dskip: usize,
  doubled: i32,
  two: bool,
): void {
  const a = v128.load(scale), b = v128.load(shift), known = out != 0, skips = dskip != 0;
  const a1 = two ? v128.load(scale, 16) : a, b1 = two ? v128.load(shift, 16) : b;
  const ka = v128.load(ga), kb = v128.load(gb), kc = v128.load(gc);
  const ka1 = two ? v128.load(ga, 16) : ka, kb1 = two ? v128.load(gb, 16) : kb;
  const kc1 = two ? v128.load(gc, 16) : kc;
  for (let p = 0; p < width; p++) {
    const v = v128.load(x), v1 = two ? v128.load(x, 16) : v;
    let sign = f32x4.relaxed_madd(v, a, b), sign1 = two ? f32x4.relaxed_madd(v1, a1, b1) : sign;
    if (known) {
      sign = v128.load(out);
      if (two) sign1 = v128.load(out, 16);
      out += pixelBytes;
    }
    const g0 = v128.load(d), g1 = two ? v128.load(d, 16) : g0;
    const g = sloped(g0, slopes, sign), h = two ? sloped(g1, slopes, sign1) : g;
    if (skips) {
      let side = g, side1 = h;
      if (doubled) {
        side = f32x4.add(v128.load(dskip), g);
        if (two) side1 = f32x4.add(v128.load(dskip, 16), h);
      }
      v128.store(dskip, side);
      if (two) v128.store(dskip, side1, 16);
      if (!doubled || p & 1) dskip += pixelBytes;
    }
    v128.store(dx, f32x4.relaxed_madd(g, ka, f32x4.relaxed_madd(v, kb, kc)));
    if (two) v128.store(dx, f32x4.relaxed_madd(h, ka1, f32x4.relaxed_madd(v1, kb1, kc1)), 16);
    x += pixelBytes;
    d += pixelBytes;
    dx += pixelBytes;
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
    const to = sums + (<usize> c << 3);
    v128.store(to, low);
    v128.store(to, high, 16);
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
