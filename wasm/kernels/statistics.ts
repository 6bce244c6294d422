/**
 * Adds the sum and the sum of squares of one row, a channel, to two f64 vectors. In f64 throughout:
 * float32 sums would move a whole channel, and values near 0 across an activation's kink.
 */
export function addRowStatistics(
  row: usize,
  pixels: i32,
  pixelBytes: usize,
  channels: i32,
  sums: usize,
  squares: usize,
): void {
  let c = 0;
  for (; c + 8 <= channels; c += 8) {
    const at = <usize> c << 3;
    addLanes(row + (<usize> c << 2), pixels, pixelBytes, sums + at, squares + at, true);
  }
  for (; c + 4 <= channels; c += 4) {
    const at = <usize> c << 3;
    addLanes(row + (<usize> c << 2), pixels, pixelBytes, sums + at, squares + at, false);
  }
  for (; c < channels; c++) {
    let s: f64 = 0, q: f64 = 0;
    let at = row + (<usize> c << 2);
    for (let p = 0; p < pixels; p++) {
      const v = <f64> load<f32>(at);
      s += v;
      q += v * v;
      at += pixelBytes;
    }
    const i = <usize> c << 3;
    store<f64>(sums + i, load<f64>(sums + i) + s);
    store<f64>(squares + i, load<f64>(squares + i) + q);
  }
}

/**
 * addRowStatistics of four channels, or with `two` of eight: the additions of four alone wait for one
 * another.
 */
// @inline
function addLanes(
  row: usize,
  pixels: i32,
  pixelBytes: usize,
  sums: usize,
  squares: usize,
  two: bool,
): void {
  let s0 = v128.load(sums), s1 = v128.load(sums, 16);
  let q0 = v128.load(squares), q1 = v128.load(squares, 16);
  let s2 = two ? v128.load(sums, 32) : s0, s3 = two ? v128.load(sums, 48) : s1;
  let q2 = two ? v128.load(squares, 32) : q0, q3 = two ? v128.load(squares, 48) : q1;
  for (let p = 0; p < pixels; p++) {
    const v = v128.load(row), low = f64x2.promote_low_f32x4(v), high = upper(v);
    s0 = f64x2.add(s0, low);
    s1 = f64x2.add(s1, high);
    q0 = f64x2.relaxed_madd(low, low, q0);
    q1 = f64x2.relaxed_madd(high, high, q1);
    if (two) {
      const w = v128.load(row, 16), low1 = f64x2.promote_low_f32x4(w), high1 = upper(w);
      s2 = f64x2.add(s2, low1);
      s3 = f64x2.add(s3, high1);
      q2 = f64x2.relaxed_madd(low1, low1, q2);
      q3 = f64x2.relaxed_madd(high1, high1, q3);
    }
    row += pixelBytes;
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  if (two) {
    v128.store(sums, s2, 32);
    v128.store(sums, s3, 48);
  }
  v128.store(squares, q0);
  v128.store(squares, q1, 16);
  if (two) {
    v128.store(squares, q2, 32);
    v128.store(squares, q3, 48);
  }
}

/** The upper two of four floats, in f64. */
// @inline
function upper(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
}
