/**
 * Lines of a real grid (float32) to and from the work space of a Fourier transform (float64), where
 * element x of line b is at `x * batch + b`. The grid's element is at `start + b * lineStep + x *
 * step`. Two real lines share a complex one: line b the real part, line b + batch, if it is below
 * `batch + second`, the imaginary part.
 */

/** Fills the work space. */
export function gatherLines(
  grid: usize,
  re: usize,
  im: usize,
  n: i32,
  batch: i32,
  second: i32,
  lineStep: i32,
  step: i32,
): void {
  let o: usize = 0;
  const stride = <usize> lineStep << 2, other = <usize> batch * stride;
  for (let x = 0; x < n; x++) {
    let a = grid + (<usize> (x * step) << 2), b = 0;
    for (; b < second; b++, o += 8, a += stride) {
      store<f64>(re + o, load<f32>(a));
      store<f64>(im + o, load<f32>(a + other));
    }
    for (; b < batch; b++, o += 8, a += stride) {
      store<f64>(re + o, load<f32>(a));
      store<f64>(im + o, 0);
    }
  }
}

/** Writes the work space back, or where `magnitude` is not 0, the modulus of each line. */
export function scatterLines(
  grid: usize,
  re: usize,
  im: usize,
  n: i32,
  batch: i32,
  second: i32,
  lineStep: i32,
  step: i32,
  magnitude: i32,
): void {
  let o: usize = 0;
  const stride = <usize> lineStep << 2, other = <usize> batch * stride;
  for (let x = 0; x < n; x++) {
    let a = grid + (<usize> (x * step) << 2), b = 0;
    for (; b < second; b++, o += 8, a += stride) {
      store<f32>(a, <f32> load<f64>(re + o));
      store<f32>(a + other, <f32> load<f64>(im + o));
    }
    for (; b < batch; b++, o += 8, a += stride) {
      const r = load<f64>(re + o), i = load<f64>(im + o);
      store<f32>(a, <f32> (magnitude !== 0 ? sqrt(r * r + i * i) : r));
    }
  }
}

/** Adds `weights[x]` times row x to the sums, or where `first` is not 0, puts it in their place. */
export function weighRows(
  values: usize,
  weights: usize,
  sums: usize,
  n: i32,
  batch: i32,
  first: i32,
): void {
  let o: usize = 0;
  for (let x = 0; x < n; x++) {
    const w = load<f64>(weights + (<usize> x << 3)), end = o + (<usize> batch << 3);
    for (; o < end; o += 8) {
      const value = w * load<f64>(values + o);
      store<f64>(sums + o, first !== 0 ? value : load<f64>(sums + o) + value);
    }
  }
}
