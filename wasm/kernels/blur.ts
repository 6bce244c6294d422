/**
 * Symmetric kernels along the lines of a grid of float32, the grid mirrored at its ends (half-sample
 * symmetric). Sums are in float64, as SciPy's are: two voxels at a time.
 */

/** Where index x of a mirrored line of n comes from. */
// @ts-ignore: decorator
@inline
function mirrored(x: i32, n: i32): i32 {
  const period = 2 * n, within = ((x % period) + period) % period;
  return within < n ? within : period - 1 - within;
}

// @ts-ignore: decorator
@inline
function pair(from: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(from));
}

/**
 * Lines whose neighbours lie `step` (2 or more) apart.
 *
 * @param offsets Room for `2 * radius + 1` pointers.
 */
export function blurAcross(
  source: usize, target: usize, size: i32, n: i32, step: i32, half: usize, radius: i32, offsets: usize,
): void {
  for (let slab = 0; slab < size; slab += step * n) {
    for (let x = 0; x < n; x++) {
      for (let t = -radius; t <= radius; t++) {
        const row = source + (<usize>(slab + mirrored(x + t, n) * step) << 2);
        store<usize>(offsets + (<usize>(t + radius) << 2), row);
      }
      const out = target + (<usize>(slab + x * step) << 2);
      const middle = load<usize>(offsets + (<usize>radius << 2));
      for (let i = 0;; i = min(i + 4, step - 4)) {
        const o = <usize>i << 2, w0 = v128.load64_splat(half);
        let low = f64x2.mul(w0, pair(middle + o)), high = f64x2.mul(w0, pair(middle + o + 8));
        for (let t = 1; t <= radius; t++) {
          const w = v128.load64_splat(half + (<usize>t << 3));
          const a = load<usize>(offsets + (<usize>(radius - t) << 2)) + o;
          const b = load<usize>(offsets + (<usize>(radius + t) << 2)) + o;
          low = f64x2.add(low, f64x2.mul(w, f64x2.add(pair(a), pair(b))));
          high = f64x2.add(high, f64x2.mul(w, f64x2.add(pair(a + 8), pair(b + 8))));
        }
        v128.store64_lane(out + o, f32x4.demote_f64x2_zero(low), 0);
        v128.store64_lane(out + o + 8, f32x4.demote_f64x2_zero(high), 0);
        if (i + 4 >= step) break;
      }
    }
  }
}

/**
 * Lines of neighbouring voxels.
 *
 * @param padded Room for `n + 2 * radius + 4` float64.
 */
export function blurAlong(
  source: usize, target: usize, size: i32, n: i32, half: usize, radius: i32, padded: usize,
): void {
  for (let start = 0; start < size; start += n) {
    const line = source + (<usize>start << 2), out = target + (<usize>start << 2);
    for (let x = -radius; x < 0; x++) {
      store<f64>(padded + (<usize>(x + radius) << 3), load<f32>(line + (<usize>mirrored(x, n) << 2)));
    }
    for (let x = 0; x < n; x++) {
      store<f64>(padded + (<usize>(x + radius) << 3), load<f32>(line + (<usize>x << 2)));
    }
    for (let x = n; x < n + radius; x++) {
      store<f64>(padded + (<usize>(x + radius) << 3), load<f32>(line + (<usize>mirrored(x, n) << 2)));
    }
    for (let x = 0;; x = min(x + 4, n - 4)) {
      const at = padded + (<usize>(x + radius) << 3), w0 = v128.load64_splat(half);
      let low = f64x2.mul(w0, v128.load(at)), high = f64x2.mul(w0, v128.load(at + 16));
      for (let t = 1; t <= radius; t++) {
        const w = v128.load64_splat(half + (<usize>t << 3)), d = <usize>t << 3;
        low = f64x2.add(low, f64x2.mul(w, f64x2.add(v128.load(at - d), v128.load(at + d))));
        high = f64x2.add(high, f64x2.mul(w, f64x2.add(v128.load(at + 16 - d), v128.load(at + 16 + d))));
      }
      v128.store64_lane(out + (<usize>x << 2), f32x4.demote_f64x2_zero(low), 0);
      v128.store64_lane(out + (<usize>x << 2) + 8, f32x4.demote_f64x2_zero(high), 0);
      if (x + 4 >= n) break;
    }
  }
}
