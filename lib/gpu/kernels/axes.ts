/**
 * Where a convolution's outputs come from, an axis at a time. All convolutions are one kernel that is
 * told which: compiling takes longer than asking does.
 */
import type { FormName } from "../../../wasm/mod.ts";

/** One axis of a convolution, as the kernel is told of it. */
export interface Axis {
  /** Number of the case below. */
  readonly axis: number;
  /** Taps an axis. */
  readonly taps: number;
  /** Parities of outputs that have taps of their own: 1 or 2. */
  readonly phases: number;
  /** Rows and columns of the filter. */
  readonly positions: number;
}

/** The names of what the kernel is told. */
export const AXIS = ["axis", "taps", "phases", "positions"] as const;

/**
 * `readFrom(o, a, size)`: the place that output `o` reads for tap `a`, or -1 (`size` is that of the
 * map read); `position(a)`: the filter's row or column there; `used(parity, a)`: whether outputs of a
 * parity have that tap.
 */
export const AXIS_CODE = `
fn inside(s: i32, size: i32) -> i32 { return select(-1, s, s >= 0 && s < size); }
fn readFrom(o: i32, a: i32, size: i32) -> i32 {
  let pad = (i32(u.positions) - 1) >> 1u;
  switch u.axis {
    case 0u: { return inside(o + a - pad, size); }
    case 1u: { return inside(o + pad - a, size); }
    case 2u: { return inside(2 * o + a - 1, size); }
    case 3u: { return inside((o + 1 - a) >> 1u, size); }
    case 4u: { let s = o + a - 1; return select(-1, s >> 1u, inside(s, 2 * size) >= 0); }
    case 5u: { return inside(2 * o + (a & 1) + 1 - (a >> 1u), size); }
    case 6u: { return inside(o >> 1u, size); }
    default: { return inside(2 * o + a, size); }
  }
}
fn position(a: i32) -> i32 { return select(a, a >> 1u, u.axis == 5u); }
fn used(parity: i32, a: i32) -> bool {
  if (u.axis == 3u) { return ((parity + 1 - a) & 1) == 0; }
  return u.axis != 6u || parity == a;
}`;

/** Of the output, by the input. */
export function forwardAxis(form: FormName, size: number): Axis {
  switch (form) {
    case "same":
      return { axis: 0, taps: size, phases: 1, positions: size };
    case "down":
      return { axis: 2, taps: 3, phases: 1, positions: 3 };
    case "up":
      return { axis: 4, taps: 3, phases: 1, positions: 3 };
    case "transposed":
      return { axis: 6, taps: 2, phases: 2, positions: 2 };
  }
}

/** Of the input's gradient, by the output's. */
export function backwardAxis(form: FormName, size: number): Axis {
  switch (form) {
    case "same":
      return { axis: 1, taps: size, phases: 1, positions: size };
    case "down":
      return { axis: 3, taps: 3, phases: 2, positions: 3 };
    case "up":
      return { axis: 5, taps: 6, phases: 1, positions: 3 };
    case "transposed":
      return { axis: 7, taps: 2, phases: 1, positions: 2 };
  }
}
