/** The three blocks that all networks are made of. */
import { join, type Tensor4D } from "../../../wasm/mod.ts";
import type { Pass } from "./pass.ts";

/** Slope of the LeakyReLUs below zero. */
const LEAKY = 0.2;

/**
 * Conv3x3, BatchNorm, LeakyReLU, Conv3x3, BatchNorm: the parts `0`, `1`, `3`, `4` of `pass`; then what
 * `skip` makes is added, and activated.
 *
 * @param first How the first convolution reads x: as it is, or doubled by nearest neighbour.
 * @param slope Of the activation at the end.
 */
function twice(
  pass: Pass,
  x: Tensor4D,
  first: "same" | "up",
  slope: number,
  skip?: () => Tensor4D,
): Tensor4D {
  if (pass.isFolded) {
    const inner = pass.activated("0", "1", first, x, { slope: LEAKY }), side = skip?.();
    const out = pass.activated("3", "4", "same", inner, { slope, skip: side });
    inner.dispose();
    side?.dispose();
    return out;
  }
  const inner = pass.convolve("0", first, x, { statistics: true });
  const normalisation = pass.normalise("1", inner, LEAKY);
  const outer = pass.convolve("3", "same", inner.y, { normalisation, statistics: true });
  const last = pass.normalise("4", outer, slope), side = skip?.();
  const out = join(outer.y, last, side);
  // Nothing later needs it, neither forward nor back.
  side?.dispose();
  return out;
}

/** Two convolutions and an activation: [.., ci] to [.., co]. */
export function doubleBlock(pass: Pass, x: Tensor4D, slope = LEAKY): Tensor4D {
  return twice(pass, x, "same", slope);
}

/** A 1 x 1 convolution, BatchNorm and ReLU: parts `0` and `1`. */
export function codeBlock(pass: Pass, x: Tensor4D): Tensor4D {
  if (pass.isFolded) return pass.activated("0", "1", "same", x, { slope: 0 });
  const map = pass.convolve("0", "same", x, { statistics: true });
  return join(map.y, pass.normalise("1", map, 0));
}

/** A residual block on half the height and width: [h, w, ci] to [h / 2, w / 2, co]. */
export function downBlock(pass: Pass, x: Tensor4D): Tensor4D {
  const small = pass.plain("down", "down", x);
  const skip = () => pass.plain("conv_input", "same", small);
  const out = twice(pass.at("conv"), small, "same", LEAKY, skip);
  pass.done(small);
  return out;
}

/**
 * A residual block on twice the height and width: [h, w, ci] to [2 h, 2 w, co]; doubled by nearest
 * neighbour or by a transposed convolution.
 *
 * Nearest neighbour and the 1 x 1 convolution of the skip commute, so that the skip stays small
 * until it is joined.
 */
export function upBlock(pass: Pass, x: Tensor4D, by: "nearest" | "transposed"): Tensor4D {
  const source = by === "nearest" ? x : pass.plain("up", "transposed", x);
  const first = by === "nearest" ? "up" : "same";
  const skip = () => pass.plain("conv_input", "same", source);
  const out = twice(pass.at("conv"), source, first, LEAKY, skip);
  if (source !== x) pass.done(source);
  return out;
}
