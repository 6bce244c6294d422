/** The three blocks that all networks are made of. */
import { join, type Normalisation, type Tensor4D } from "../../../wasm/mod.ts";
import type { Pass } from "./pass.ts";

/** Slope of the LeakyReLUs below zero. */
const LEAKY = 0.2;

/**
 * Conv3x3, BatchNorm, LeakyReLU, Conv3x3, BatchNorm: the parts `0`, `1`, `3`, `4` of `pass`. The
 * last batch normalisation is not applied yet, but left to what joins or activates it.
 *
 * @param first How the first convolution reads x: as it is, or doubled by nearest neighbour.
 * @param slope Of the activation behind the last batch normalisation.
 */
function twice(pass: Pass, x: Tensor4D, first: "same" | "up", slope: number) {
  const inner = pass.convolve("0", first, x, { statistics: true });
  const normalisation = pass.normalise("1", inner, LEAKY);
  const outer = pass.convolve("3", "same", inner.y, { normalisation, statistics: true });
  return { y: outer.y, normalisation: pass.normalise("4", outer, slope) };
}

/** Two convolutions and an activation: [.., ci] to [.., co]. */
export function doubleBlock(pass: Pass, x: Tensor4D, slope = LEAKY): Tensor4D {
  const { y, normalisation } = twice(pass, x, "same", slope);
  return join(y, normalisation);
}

/** A 1 x 1 convolution, BatchNorm and ReLU: parts `0` and `1`. */
export function codeBlock(pass: Pass, x: Tensor4D): Tensor4D {
  const map = pass.convolve("0", "same", x, { statistics: true });
  return join(map.y, pass.normalise("1", map, 0));
}

/** Joins and frees the skip map at once: nothing later needs it, neither forward nor back. */
function joinSkip(y: Tensor4D, normalisation: Normalisation, skip: Tensor4D): Tensor4D {
  const out = join(y, normalisation, skip);
  skip.dispose();
  return out;
}

/** A residual block on half the height and width: [h, w, ci] to [h / 2, w / 2, co]. */
export function downBlock(pass: Pass, x: Tensor4D): Tensor4D {
  const small = pass.convolve("down", "down", x).y;
  const { y, normalisation } = twice(pass.at("conv"), small, "same", LEAKY);
  return joinSkip(y, normalisation, pass.convolve("conv_input", "same", small).y);
}

/**
 * A residual block on twice the height and width: [h, w, ci] to [2 h, 2 w, co]; doubled by nearest
 * neighbour or by a transposed convolution.
 *
 * Nearest neighbour and the 1 x 1 convolution of the skip commute, so that the skip stays small
 * until it is joined.
 */
export function upBlock(pass: Pass, x: Tensor4D, by: "nearest" | "transposed"): Tensor4D {
  const source = by === "nearest" ? x : pass.convolve("up", "transposed", x).y;
  const first = by === "nearest" ? "up" : "same";
  const { y, normalisation } = twice(pass.at("conv"), source, first, LEAKY);
  return joinSkip(y, normalisation, pass.convolve("conv_input", "same", source).y);
}
