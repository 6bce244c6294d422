import { WinogradPackArguments, WinogradUnpackArguments } from "../arguments";
import { IN, LANES, PACK_BYTES, PLANE_GAP, PRODUCTS, UNPACK_BYTES } from "../sizes";
import { filterGradientLine, filterLine } from "./lines";

/** Four lanes that lie `stride` bytes apart. */
function gather(from: usize, stride: usize): v128 {
  if (stride == 4) return v128.load(from);
  let lanes = v128.load_splat<f32>(from);
  lanes = f32x4.replace_lane(lanes, 1, load<f32>(from + stride));
  lanes = f32x4.replace_lane(lanes, 2, load<f32>(from + 2 * stride));
  return f32x4.replace_lane(lanes, 3, load<f32>(from + 3 * stride));
}

/**
 * G g G' of every pair of channels of a 3 x 3 filter, whose elements lie at
 * position * positionStride + ci * ciStride + co * coStride (in floats), packed for
 * `winogradConvolve`: [36][co / 8][ci][8], PLANE_GAP bytes between the 36. `flipped` turns the
 * filter by 180 degrees, for the gradient of the input. A chunk is one group of 8 output channels.
 */
export function winogradPack(args: WinogradPackArguments, chunk: i32, lane: i32): void {
  const filter = args.filter, out = args.out, flipped = args.flipped, ci = args.ci, co = args.co;
  const position = <usize> args.positionStride << 2;
  const ciStride = <usize> args.ciStride << 2, coStride = <usize> args.coStride << 2;
  const work = args.scratch + <usize> lane * PACK_BYTES;
  assert(co % LANES == 0 && chunk * LANES < co);
  const plane = (<usize> (co * ci) << 2) + PLANE_GAP;
  const first = flipped ? filter + 8 * position : filter;
  const step = flipped ? -position : position;
  for (let half = 0; half < LANES; half += 4) {
    const c = chunk * LANES + half;
    let to = out + (<usize> (chunk * LANES * ci + half) << 2);
    for (let i = 0; i < ci; i++) {
      const from = first + <usize> i * ciStride + <usize> c * coStride;
      for (let q: usize = 0; q < 3; q++) {
        const at = from + q * step;
        filterLine(
          gather(at, coStride),
          gather(at + 3 * step, coStride),
          gather(at + 6 * step, coStride),
          work + (q << 4),
          48,
        );
      }
      for (let r: usize = 0; r < <usize> IN; r++) {
        const row = work + r * 48;
        filterLine(
          v128.load(row),
          v128.load(row, 16),
          v128.load(row, 32),
          to + r * IN * plane,
          plane,
        );
      }
      to += LANES << 2;
    }
  }
}

/**
 * The gradient of a 3 x 3 filter, G' u G, from that of its products: the sum over `count` partial
 * results of [ci][36][co], in their order. A chunk is one input channel.
 */
export function winogradUnpack(args: WinogradUnpackArguments, chunk: i32, lane: i32): void {
  const filter = args.filter, partials = args.partials, count = args.count;
  const ci = args.ci, co = args.co;
  const position = <usize> args.positionStride << 2;
  const ciStride = <usize> args.ciStride << 2, coStride = <usize> args.coStride << 2;
  const work = args.scratch + <usize> lane * UNPACK_BYTES;
  const rows = work + 576, last = work + 864;
  const plane = <usize> co << 2, row = <usize> PRODUCTS * plane, partialBytes = <usize> ci * row;
  for (let c = 0; c < co; c += 4) {
    const at = partials + <usize> chunk * row + (<usize> c << 2);
    for (let f: usize = 0; f < <usize> PRODUCTS; f++) {
      let from = at + f * plane;
      let sum = v128.load(from);
      for (let p = 1; p < count; p++) {
        from += partialBytes;
        sum = f32x4.add(sum, v128.load(from));
      }
      v128.store(work + (f << 4), sum);
    }
    for (let j: usize = 0; j < <usize> IN; j++) {
      filterGradientLine(work + (j << 4), IN << 4, rows + (j << 4), IN << 4);
    }
    for (let r: usize = 0; r < 3; r++) {
      filterGradientLine(rows + r * (IN << 4), 16, last, 16);
      for (let q: usize = 0; q < 3; q++) {
        const to = filter + (3 * r + q) * position + <usize> chunk * ciStride +
          <usize> c * coStride;
        for (let l: usize = 0; l < 4; l++) {
          store<f32>(to + l * coStride, load<f32>(last + (q << 4) + (l << 2)));
        }
      }
    }
  }
}
