/** sum + w * the float at a + offset. */
// @inline
export function madd(a: usize, offset: usize, w: v128, sum: v128): v128 {
  return f32x4.relaxed_madd(v128.load_splat<f32>(a + offset), w, sum);
}
