/** Lines whose brightness swings, and the ghosts that follow. */
import { filterLines } from "../../fft/filter_lines.ts";
import { toPlainOrder } from "../../fft/frequency.ts";
import type { PlaneAxis } from "./slices.ts";

/** `m(k) = 1 + a cos(2 pi nu k + phase)` over the lines of frequency k. */
export interface Modulation {
  /** The swing a. */
  readonly amplitude: number;
  /** nu: how often the swing repeats a line; ghosts lie nu times the field of view apart. */
  readonly cyclesPerLine: number;
  /** In radians. */
  readonly phase: number;
}

/** The modulation's weight of every line, plain order. */
export function modulationOfLines(lines: number, modulation: Modulation): Float64Array {
  const { amplitude, cyclesPerLine, phase } = modulation;
  const middle = Math.floor(lines / 2);
  return toPlainOrder(
    Float64Array.from(
      { length: lines },
      (_, l) => 1 + amplitude * Math.cos(2 * Math.PI * cyclesPerLine * (l - middle) + phase),
    ),
  );
}

/**
 * The magnitude of `still + modulated`, the lines of the latter swinging.
 *
 * @param still What does not swing, or undefined for nothing.
 */
export function modulatedMagnitude(
  modulated: Float32Array,
  still: Float32Array | undefined,
  shape: readonly [number, number, number],
  axis: PlaneAxis,
  modulation: Modulation,
): Float32Array {
  const weights = modulationOfLines(shape[axis], modulation);
  const sources = [{ data: modulated, weights }];
  if (still) sources.push({ data: still, weights: new Float64Array(shape[axis]).fill(1) });
  return filterLines(sources, shape, axis, "magnitude");
}
