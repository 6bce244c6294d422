import { PackFilterArguments, UnpackFilterArguments } from "./arguments";
import { LANES, TAPS } from "./sizes";

/**
 * Packs a filter for `convolve`: out[co / 8][tap][ci][8] = the sum over up to four summands of
 * filter[offset(tap, summand) + ci * ciStride + co * coStride]. `taps` points to 4 offsets (in
 * floats, -1 for none) a tap. One chunk is one group of 8 output channels.
 */
export function packFilter(args: PackFilterArguments, chunk: i32, _lane: i32): void {
  const filter = args.filter, out = args.out, taps = args.taps, tapCount = args.tapCount;
  const ci = args.ci, ciStride = args.ciStride, co = args.co, coStride = args.coStride;
  let to = out + (<usize> (chunk * tapCount * ci * LANES) << 2);
  for (let t = 0; t < tapCount; t++) {
    for (let i = 0; i < ci; i++) {
      for (let l = 0; l < LANES; l++) {
        const c = chunk * LANES + l;
        let sum: f32 = 0;
        if (c < co) {
          const at = i * ciStride + c * coStride;
          for (let s = 0; s < 4; s++) {
            const offset = load<i32>(taps + (<usize> (t * 4 + s) << 2));
            if (offset >= 0) sum += load<f32>(filter + (<usize> (offset + at) << 2));
          }
        }
        store<f32>(to, sum);
        to += 4;
      }
    }
  }
}

/**
 * The way back for gradients: adds the sums of `filterGradient`,
 * [rows, columns * ci padded to 6, co padded to 8], to every summand of every tap.
 */
export function unpackFilter(args: UnpackFilterArguments, _chunk: i32, _lane: i32): void {
  const filter = args.filter, sums = args.sums, taps = args.taps;
  const rows = args.rows, columns = args.columns;
  const ci = args.ci, ciStride = args.ciStride, co = args.co, coStride = args.coStride;
  const padded = (columns * ci + TAPS - 1) / TAPS * TAPS;
  const coPadded = (co + LANES - 1) & ~(LANES - 1);
  for (let r = 0; r < rows; r++) {
    for (let q = 0; q < columns; q++) {
      const tap = taps + (<usize> ((r * columns + q) * 4) << 2);
      for (let i = 0; i < ci; i++) {
        const from = sums + (<usize> ((r * padded + q * ci + i) * coPadded) << 2);
        for (let s: usize = 0; s < 4; s++) {
          const offset = load<i32>(tap + (s << 2));
          if (offset < 0) continue;
          for (let c = 0; c < co; c++) {
            const to = filter + (<usize> (offset + i * ciStride + c * coStride) << 2);
            store<f32>(to, load<f32>(to) + load<f32>(from + (<usize> c << 2)));
          }
        }
      }
    }
  }
}
