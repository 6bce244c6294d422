/**
 * The sizes of the two register tiles that all the convolution arithmetic runs through: see
 * forward_tile.ts and filter_tile.ts.
 *
 * Twelve accumulators of four lanes, two vectors for the operand that is shared and one that is
 * broadcast are fifteen registers: all that x64 leaves a WASM engine. Larger tiles spill, smaller
 * ones wait for loads.
 */

/** Pixels a forward tile computes at once. */
export const PIXELS: i32 = 6;
/** Output channels a tile computes at once; packed weights are padded to a multiple of it. */
export const LANES: i32 = 8;
/** Filter rows (of kernel column x input channel) that a filter-gradient tile computes at once. */
export const TAPS: i32 = 6;

/** sum + w * the float at a + offset. */
// @inline
export function madd(a: usize, offset: usize, w: v128, sum: v128): v128 {
  return f32x4.relaxed_madd(v128.load_splat<f32>(a + offset), w, sum);
}
