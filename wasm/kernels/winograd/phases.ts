import { ParityFilterArguments } from "../arguments";

/**
 * A 3 x 3 convolution of a map doubled by nearest neighbour is one of the small map with four times
 * the output channels: one group for each parity (p, q) of the output's row and column. Along an
 * axis the parities' filters are [w0, w1 + w2, 0] and [0, w0 + w1, w2].
 *
 * The large map, [n, 2 height, 2 width, co], lies in memory as [n, height, p, width, q, co]: to the
 * transforms it is two maps (the phases, p) of 2 co channels (q, co).
 *
 * The zeros make products vanish: those at infinity (number 5) of parity 0, and those at zero
 * (number 0) of parity 1; the other way round where the filter is turned. 25 of 36 are left.
 */

/** The number of the product that vanishes along an axis. */
// @inline
export function vanishing(parity: i32, flipped: bool): i32 {
  return (parity == 0) == flipped ? 0 : 5;
}

/** Which of a parity's three taps a tap of the filter goes to, along an axis. */
// @inline
function tapOf(parity: usize, k: usize): usize {
  return parity == 0 ? min<usize>(k, 1) : max<usize>(k, 1);
}

/**
 * From a filter [3, 3, ci, co] to that of the four parities, [3, 3, ci, p, q, co]; or, with `back`,
 * from the gradient of those to that of the filter. A chunk is one input channel.
 */
export function parityFilter(args: ParityFilterArguments, chunk: i32, _lane: i32): void {
  const filter = args.filter, parities = args.parities, back = args.back;
  const ci = <usize> args.ci, co = <usize> args.co;
  assert(co % 4 == 0);
  const taps: usize = 9, rowBytes = co << 2;
  for (let tap: usize = 0; tap < taps; tap++) {
    const at = parities + ((tap * ci + <usize> chunk) * rowBytes << 2);
    if (!back) memory.fill(at, 0, rowBytes << 2);
  }
  for (let tap: usize = 0; tap < taps; tap++) {
    const w = filter + (tap * ci + <usize> chunk) * rowBytes;
    if (back) memory.fill(w, 0, rowBytes);
    for (let parity: usize = 0; parity < 4; parity++) {
      const position = 3 * tapOf(parity >> 1, tap / 3) + tapOf(parity & 1, tap % 3);
      const g = parities + (((position * ci + <usize> chunk) << 2) + parity) * rowBytes;
      const from = back ? g : w, to = back ? w : g;
      for (let c: usize = 0; c < rowBytes; c += 16) {
        v128.store(to + c, f32x4.add(v128.load(to + c), v128.load(from + c)));
      }
    }
  }
}
