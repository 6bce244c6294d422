/** Outputs of a tile along an axis. */
export const OUT: i32 = 4;
/** Inputs of a tile along an axis, and products. */
export const IN: i32 = 6;
/** Products of a tile. */
export const PRODUCTS: i32 = 36;
/** A thread's work space before its tiles: a tile's products between two lines, and zeros. */
export const WORK_BYTES: usize = 576;
