/**
 * Sizes that kernels and their callers must agree on: both read this file, which is AssemblyScript
 * and TypeScript alike.
 *
 * Of the two register tiles that all the convolution arithmetic runs through: twelve accumulators of
 * four lanes, two vectors for the operand that is shared and one that is broadcast are fifteen
 * registers, all that x64 leaves a WASM engine. Larger tiles spill, smaller ones wait for loads.
 */

/** Pixels a forward tile computes at once. */
export const PIXELS = 6;
/** Output channels a tile computes at once; packed weights are padded to a multiple of it. */
export const LANES = 8;
/** Filter rows (of kernel column x input channel) that a filter-gradient tile computes at once. */
export const TAPS = 6;
/** A thread's room for one forward tile, before its band. */
export const TILE_BYTES = 256;
/** A thread's room for four vectors. */
export const SUMS_BYTES = 64;

/** Outputs of a Winograd tile along an axis. */
export const OUT = 4;
/** Inputs of a Winograd tile along an axis, and products. */
export const IN = 6;
/** Products of a Winograd tile. */
export const PRODUCTS = 36;
/** A thread's work space before its tiles: a tile's products between two lines, and zeros. */
export const WORK_BYTES = 800;
/** A thread's work space while it packs a filter. */
export const PACK_BYTES = 512;
/** A thread's work space while it unpacks a filter's gradient. */
export const UNPACK_BYTES = 1024;
/**
 * Bytes between planes: planes a multiple of the page size apart would fight for the same cache
 * lines.
 */
export const PLANE_GAP = 64;
