/** What a step of the factorised transform works on. */

/** Real and imaginary parts, element by element. */
export interface ComplexArrays {
  /** Real parts. */
  readonly re: Float64Array;
  /** Imaginary parts. */
  readonly im: Float64Array;
}

/** One step of the factorised transform. */
export interface FftStage {
  /** The number of points of each butterfly. */
  readonly radix: number;
  /** Butterflies that differ in their twiddle factors. */
  readonly groups: number;
  /** Rows already merged by the steps before. */
  readonly merged: number;
  /** `cos` of the twiddle angles, `groups x (radix - 1)`. */
  readonly cos: Float64Array;
  /** `sin` of the (negative) twiddle angles, `groups x (radix - 1)`. */
  readonly sin: Float64Array;
  /** Where copies of both lie for the kernels. */
  readonly cosAt: number;
  /** See `cosAt`. */
  readonly sinAt: number;
}
