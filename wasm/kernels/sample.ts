/**
 * Trilinear values of a float32 grid along a straight row of points. Voxels i and i + 1 lie side by
 * side, so that both are interpolated at once.
 */

// @inline
function pair(from: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(from));
}

// @inline
function between(a: v128, b: v128, share: v128): v128 {
  return f64x2.add(a, f64x2.mul(share, f64x2.sub(b, a)));
}

// @inline
function clamped(x: f64, n: i32): f64 {
  return x < 0 ? 0 : x > n - 1 ? n - 1 : x;
}

/** A point that lies in the grid but may have neighbours beyond its edge: those are the edge's own. */
function sampleNearEdge(grid: usize, ni: i32, nj: i32, nk: i32, x: f64, y: f64, z: f64): f64 {
  const cx = clamped(x, ni), cy = clamped(y, nj), cz = clamped(z, nk);
  const x0 = <i32> cx, y0 = <i32> cy, z0 = <i32> cz;
  const u = cx - x0, v = cy - y0, w = cz - z0;
  const dx: usize = x0 + 1 < ni ? 4 : 0, dy: usize = y0 + 1 < nj ? <usize> ni << 2 : 0;
  const dz: usize = z0 + 1 < nk ? <usize> (ni * nj) << 2 : 0;
  let values: f64 = 0;
  for (let part = 0; part < 2; part++) {
    const o = grid + (<usize> (x0 + ni * (y0 + nj * z0)) << 2) + (part === 0 ? 0 : dz);
    const a0 = <f64> load<f32>(o), a1 = <f64> load<f32>(o + dx);
    const b0 = <f64> load<f32>(o + dy), b1 = <f64> load<f32>(o + dy + dx);
    const left = a0 + v * (b0 - a0), right = a1 + v * (b1 - a1);
    const value = left + u * (right - left);
    values = part === 0 ? value : values + w * (value - values);
  }
  return values;
}

/**
 * Writes `count` points from (i, j, k) on with the step (di, dj, dk). A point is in the grid where
 * every index is in [-0.5, n - 0.5); beyond it is `outside`, or if `toEdge` is not 0, the nearest edge.
 */
export function sampleRow(
  grid: usize,
  target: usize,
  ni: i32,
  nj: i32,
  nk: i32,
  i: f64,
  j: f64,
  k: f64,
  di: f64,
  dj: f64,
  dk: f64,
  count: i32,
  outside: f32,
  toEdge: i32,
): void {
  const row = <usize> ni << 2, plane = <usize> (ni * nj) << 2;
  const hi = <f64> (ni - 1), hj = <f64> (nj - 1), hk = <f64> (nk - 1);
  for (let n = 0; n < count; n++, target += 4) {
    const x = i + di * n, y = j + dj * n, z = k + dk * n;
    if (x >= 0 && x < hi && y >= 0 && y < hj && z >= 0 && z < hk) {
      const x0 = <i32> x, y0 = <i32> y, z0 = <i32> z;
      const v = f64x2.splat(y - y0), w = f64x2.splat(z - z0), u = x - x0;
      const o = grid + (<usize> (x0 + ni * (y0 + nj * z0)) << 2);
      const near = between(pair(o), pair(o + row), v);
      const far = between(pair(o + plane), pair(o + plane + row), v);
      const both = between(near, far, w);
      const left = f64x2.extract_lane(both, 0), right = f64x2.extract_lane(both, 1);
      store<f32>(target, <f32> (left + u * (right - left)));
    } else if (
      toEdge !== 0 ||
      (x >= -0.5 && x < hi + 0.5 && y >= -0.5 && y < hj + 0.5 && z >= -0.5 && z < hk + 0.5)
    ) {
      store<f32>(target, <f32> sampleNearEdge(grid, ni, nj, nk, x, y, z));
    } else store<f32>(target, outside);
  }
}
