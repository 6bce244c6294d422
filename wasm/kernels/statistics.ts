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
  const whole = channels & ~3;
  for (let c = 0; c < whole; c += 4) {
    const i = <usize> c << 3;
    let s0 = v128.load(sums + i), s1 = v128.load(sums + i, 16);
    let q0 = v128.load(squares + i), q1 = v128.load(squares + i, 16);
    let at = row + (<usize> c << 2);
    for (let p = 0; p < pixels; p++) {
      const v = v128.load(at);
      const low = f64x2.promote_low_f32x4(v);
      const high = f64x2.promote_low_f32x4(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
      s0 = f64x2.add(s0, low);
      s1 = f64x2.add(s1, high);
      q0 = f64x2.relaxed_madd(low, low, q0);
      q1 = f64x2.relaxed_madd(high, high, q1);
      at += pixelBytes;
    }
    v128.store(sums + i, s0);
    v128.store(sums + i, s1, 16);
    v128.store(squares + i, q0);
    v128.store(squares + i, q1, 16);
  }
  for (let c = whole; c < channels; c++) {
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
