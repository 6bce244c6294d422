/**
 * The butterflies of Stockham's transform, two lines at a time in float64. A pass reads rows
 * `p + groups * m` of the source and writes rows `radix * p + k` of the target, each `width` (2 or
 * more) numbers; of an odd width the last two numbers overlap the two before them. `cos` and `sin`
 * hold the twiddle factors, `groups x (radix - 1)`.
 */

// @inline
function at(base: usize, index: i32): v128 {
  return v128.load(base + (<usize> index << 3));
}

// @inline
function put(base: usize, index: i32, value: v128): void {
  v128.store(base + (<usize> index << 3), value);
}

// @inline
function one(base: usize, index: i32): v128 {
  return v128.load64_splat(base + (<usize> index << 3));
}

// @inline
function add(a: v128, b: v128): v128 {
  return f64x2.add(a, b);
}

// @inline
function sub(a: v128, b: v128): v128 {
  return f64x2.sub(a, b);
}

// @inline
function mul(a: v128, b: v128): v128 {
  return f64x2.mul(a, b);
}

/** Writes (r + i j) (c + s j). */
// @inline
function turned(yr: usize, yi: usize, o: i32, r: v128, i: v128, c: v128, s: v128): void {
  put(yr, o, sub(mul(r, c), mul(i, s)));
  put(yi, o, add(mul(r, s), mul(i, c)));
}

/** A pass of radix 2. */
export function fftPass2(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  cos: usize,
  sin: usize,
  groups: i32,
  width: i32,
): void {
  const gap = groups * width;
  for (let p = 0; p < groups; p++) {
    const c = one(cos, p), s = one(sin, p);
    for (let q = 0;; q = min(q + 2, width - 2)) {
      const a = p * width + q, b = a + gap, o = 2 * p * width + q;
      const ar = at(xr, a), ai = at(xi, a), br = at(xr, b), bi = at(xi, b);
      put(yr, o, add(ar, br));
      put(yi, o, add(ai, bi));
      turned(yr, yi, o + width, sub(ar, br), sub(ai, bi), c, s);
      if (q + 2 >= width) break;
    }
  }
}

/** A pass of radix 3. */
export function fftPass3(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  cos: usize,
  sin: usize,
  groups: i32,
  width: i32,
): void {
  const gap = groups * width;
  const h = f64x2.splat(0.8660254037844386), half = f64x2.splat(0.5);
  for (let p = 0; p < groups; p++) {
    const t = 2 * p;
    const c1 = one(cos, t), s1 = one(sin, t), c2 = one(cos, t + 1), s2 = one(sin, t + 1);
    for (let q = 0;; q = min(q + 2, width - 2)) {
      const a = p * width + q, b = a + gap, d = b + gap, o = 3 * p * width + q;
      const ar = at(xr, a), ai = at(xi, a), br = at(xr, b), bi = at(xi, b);
      const dr = at(xr, d), di = at(xi, d);
      const tr = add(br, dr), ti = add(bi, di);
      const ur = mul(h, sub(br, dr)), ui = mul(h, sub(bi, di));
      const mr = sub(ar, mul(half, tr)), mi = sub(ai, mul(half, ti));
      put(yr, o, add(ar, tr));
      put(yi, o, add(ai, ti));
      turned(yr, yi, o + width, add(mr, ui), sub(mi, ur), c1, s1);
      turned(yr, yi, o + 2 * width, sub(mr, ui), add(mi, ur), c2, s2);
      if (q + 2 >= width) break;
    }
  }
}

/** A pass of radix 4. */
export function fftPass4(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  cos: usize,
  sin: usize,
  groups: i32,
  width: i32,
): void {
  const gap = groups * width;
  for (let p = 0; p < groups; p++) {
    const w = 3 * p;
    const c1 = one(cos, w), s1 = one(sin, w), c2 = one(cos, w + 1), s2 = one(sin, w + 1);
    const c3 = one(cos, w + 2), s3 = one(sin, w + 2);
    for (let q = 0;; q = min(q + 2, width - 2)) {
      const a = p * width + q, b = a + gap, d = b + gap, e = d + gap, o = 4 * p * width + q;
      const ar = at(xr, a), ai = at(xi, a), br = at(xr, b), bi = at(xi, b);
      const dr = at(xr, d), di = at(xi, d), er = at(xr, e), ei = at(xi, e);
      const sr = add(ar, dr), si = add(ai, di), tr = sub(ar, dr), ti = sub(ai, di);
      const ur = add(br, er), ui = add(bi, ei), vr = sub(br, er), vi = sub(bi, ei);
      put(yr, o, add(sr, ur));
      put(yi, o, add(si, ui));
      turned(yr, yi, o + width, add(tr, vi), sub(ti, vr), c1, s1);
      turned(yr, yi, o + 2 * width, sub(sr, ur), sub(si, ui), c2, s2);
      turned(yr, yi, o + 3 * width, sub(tr, vi), add(ti, vr), c3, s3);
      if (q + 2 >= width) break;
    }
  }
}

/** A pass of radix 5. */
export function fftPass5(
  xr: usize,
  xi: usize,
  yr: usize,
  yi: usize,
  cos: usize,
  sin: usize,
  groups: i32,
  width: i32,
): void {
  const gap = groups * width;
  const ca = f64x2.splat(0.30901699437494745), cb = f64x2.splat(-0.8090169943749475);
  const sa = f64x2.splat(0.9510565162951535), sb = f64x2.splat(0.5877852522924731);
  for (let p = 0; p < groups; p++) {
    const t = 4 * p;
    const c1 = one(cos, t), s1 = one(sin, t), c2 = one(cos, t + 1), s2 = one(sin, t + 1);
    const c3 = one(cos, t + 2), s3 = one(sin, t + 2), c4 = one(cos, t + 3), s4 = one(sin, t + 3);
    for (let q = 0;; q = min(q + 2, width - 2)) {
      const a = p * width + q, b = a + gap, d = b + gap, e = d + gap, f = e + gap;
      const o = 5 * p * width + q;
      const ar = at(xr, a), ai = at(xi, a), br = at(xr, b), bi = at(xi, b), dr = at(xr, d);
      const di = at(xi, d), er = at(xr, e), ei = at(xi, e), fr0 = at(xr, f), fi0 = at(xi, f);
      const pr = add(br, fr0), pi = add(bi, fi0), mr = sub(br, fr0), mi = sub(bi, fi0);
      const ur = add(dr, er), ui = add(di, ei), vr = sub(dr, er), vi = sub(di, ei);
      const hr1 = add(add(ar, mul(ca, pr)), mul(cb, ur));
      const hi1 = add(add(ai, mul(ca, pi)), mul(cb, ui));
      const hr2 = add(add(ar, mul(cb, pr)), mul(ca, ur));
      const hi2 = add(add(ai, mul(cb, pi)), mul(ca, ui));
      const gr = add(mul(sa, mr), mul(sb, vr)), gi = add(mul(sa, mi), mul(sb, vi));
      const kr = sub(mul(sb, mr), mul(sa, vr)), ki = sub(mul(sb, mi), mul(sa, vi));
      put(yr, o, add(add(ar, pr), ur));
      put(yi, o, add(add(ai, pi), ui));
      turned(yr, yi, o + width, add(hr1, gi), sub(hi1, gr), c1, s1);
      turned(yr, yi, o + 2 * width, add(hr2, ki), sub(hi2, kr), c2, s2);
      turned(yr, yi, o + 3 * width, sub(hr2, ki), add(hi2, kr), c3, s3);
      turned(yr, yi, o + 4 * width, sub(hr1, gi), add(hi1, gr), c4, s4);
      if (q + 2 >= width) break;
    }
  }
}
