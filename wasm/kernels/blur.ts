/**
 * Symmetric kernels along the lines of a grid of float32, the grid mirrored at its ends (half-sample
 * symmetric), four voxels at a time. Sums are in float64, as SciPy's are; only the two voxels that share
 * a weight are added in float32 before.
 */

/** Where index x of a mirrored line of n comes from. */
// @inline
function mirrored(x: i32, n: i32): i32 {
  const period = 2 * n, within = ((x % period) + period) % period;
  return within < n ? within : period - 1 - within;
}

// @inline
function low2(v: v128): v128 {
  return f64x2.promote_low_f32x4(v);
}

// @inline
function high2(v: v128): v128 {
  return f64x2.promote_low_f32x4(i64x2.shuffle(v, v, 1, 1));
}

// @inline
function store4(to: usize, low: v128, high: v128): void {
  v128.store(to, i64x2.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2));
}

/**
 * Lines whose neighbours lie `step` (2 or more) apart.
 *
 * @param offsets Room for `2 * radius + 1` pointers.
 */
export function blurAcross(
  source: usize,
  target: usize,
  size: i32,
  n: i32,
  step: i32,
  half: usize,
  radius: i32,
  offsets: usize,
): void {
  for (let slab = 0; slab < size; slab += step * n) {
    for (let x = 0; x < n; x++) {
      for (let t = -radius; t <= radius; t++) {
        const row = source + (<usize> (slab + mirrored(x + t, n) * step) << 2);
        store<usize>(offsets + (<usize> (t + radius) << 2), row);
      }
      const out = target + (<usize> (slab + x * step) << 2);
      const middle = load<usize>(offsets + (<usize> radius << 2));
      for (let i = 0;; i = min(i + 4, step - 4)) {
        const o = <usize> i << 2, w0 = v128.load64_splat(half), own = v128.load(middle + o);
        let low = f64x2.mul(w0, low2(own)), high = f64x2.mul(w0, high2(own));
        for (let t = 1; t <= radius; t++) {
          const w = v128.load64_splat(half + (<usize> t << 3));
          const a = load<usize>(offsets + (<usize> (radius - t) << 2)) + o;
          const b = load<usize>(offsets + (<usize> (radius + t) << 2)) + o;
          const both = f32x4.add(v128.load(a), v128.load(b));
          low = f64x2.add(low, f64x2.mul(w, low2(both)));
          high = f64x2.add(high, f64x2.mul(w, high2(both)));
        }
        store4(out + o, low, high);
        if (i + 4 >= step) break;
      }
    }
  }
}

/**
 * Lines of neighbouring voxels.
 *
 * @param padded Room for `n + 2 * radius` floats.
 */
export function blurAlong(
  source: usize,
  target: usize,
  size: i32,
  n: i32,
  half: usize,
  radius: i32,
  padded: usize,
): void {
  const own = padded + (<usize> radius << 2);
  for (let start = 0; start < size; start += n) {
    const line = source + (<usize> start << 2), out = target + (<usize> start << 2);
    memory.copy(own, line, <usize> n << 2);
    for (let x = 1; x <= radius; x++) {
      store<f32>(own - (<usize> x << 2), load<f32>(line + (<usize> mirrored(-x, n) << 2)));
      const after = <usize> (n - 1 + x) << 2;
      store<f32>(own + after, load<f32>(line + (<usize> mirrored(n - 1 + x, n) << 2)));
    }
    for (let x = 0;; x = min(x + 4, n - 4)) {
      const at = own + (<usize> x << 2), w0 = v128.load64_splat(half), here = v128.load(at);
      let low = f64x2.mul(w0, low2(here)), high = f64x2.mul(w0, high2(here));
      for (let t = 1; t <= radius; t++) {
        const w = v128.load64_splat(half + (<usize> t << 3)), d = <usize> t << 2;
        const both = f32x4.add(v128.load(at - d), v128.load(at + d));
        low = f64x2.add(low, f64x2.mul(w, low2(both)));
        high = f64x2.add(high, f64x2.mul(w, high2(both)));
      }
      store4(out + (<usize> x << 2), low, high);
      if (x + 4 >= n) break;
    }
  }
}
