/** Stockham's self-sorting transform for lengths without a large prime factor. */
import { doubles, fftPass2, fftPass3, fftPass4, fftPass5, reserve } from "../../../wasm/grid.ts";
import type { ComplexArrays, FftStage } from "./fft_stage.ts";
import { passGeneric, passRadix2, passRadix3, passRadix4, passRadix5 } from "./radix_passes.ts";

/** Where the parts of complex numbers lie in the kernels' memory. */
export interface ComplexPointers {
  /** Of the real parts. */
  readonly re: number;
  /** Of the imaginary parts. */
  readonly im: number;
}

/** A transform of one length, with its tables and work space. */
export interface FftPlan {
  /** Points a line. */
  readonly length: number;
  /** The arrays to fill: element `x` of line `b` at `x * batch + b`. Old contents remain. */
  input(batch: number): ComplexArrays;
  /**
   * Transforms what was filled in, unnormalised. The result is laid out like the input, may be
   * changed and run again, and lasts until the next use of the plan.
   */
  run(batch: number, direction?: "forward" | "inverse"): ComplexArrays;
  /** As `input`, for kernels. */
  inputAt(batch: number): ComplexPointers;
  /** As `run`, for kernels. */
  runAt(batch: number, direction?: "forward" | "inverse"): ComplexPointers;
}

/** The factors of `length` in the order of the steps, or undefined if a prime is above 13. */
export function radicesOf(length: number): number[] | undefined {
  const radices: number[] = [];
  let rest = length;
  for (const radix of [4, 2, 3, 5, 7, 11, 13]) {
    while (rest % radix === 0) {
      radices.push(radix);
      rest /= radix;
    }
  }
  return rest === 1 ? radices : undefined;
}

/** Exchanges real and imaginary parts, which turns a forward transform into an inverse one. */
export function flipped({ re, im }: ComplexArrays): ComplexArrays {
  return { re: im, im: re };
}

/** A grown work space of complex numbers. */
export function complexArrays(size: number): ComplexArrays {
  return { re: new Float64Array(size), im: new Float64Array(size) };
}

/** The plan of a length whose prime factors are {@linkcode radicesOf}'s. */
export class StockhamPlan implements FftPlan {
  /** Points a line. */
  readonly length: number;
  readonly #stages: readonly FftStage[];
  #size = 0;
  #buffers: readonly [ComplexPointers, ComplexPointers] = [{ re: 0, im: 0 }, { re: 0, im: 0 }];
  #filled = 0;

  /** Makes the tables of a length with these factors. */
  constructor(radices: readonly number[]) {
    this.length = radices.reduce((a, b) => a * b, 1);
    this.#stages = stagesOf(this.length, radices);
  }

  /** See {@linkcode FftPlan}. */
  input(batch: number): ComplexArrays {
    return this.#viewOf(this.inputAt(batch));
  }

  /** See {@linkcode FftPlan}. */
  run(batch: number, direction: "forward" | "inverse" = "forward"): ComplexArrays {
    return this.#viewOf(this.runAt(batch, direction));
  }

  /** See {@linkcode FftPlan}. */
  inputAt(batch: number): ComplexPointers {
    const size = this.length * batch;
    if (this.#size < size) {
      const room = () => ({ re: reserve(8 * size), im: reserve(8 * size) });
      this.#buffers = [room(), room()];
      this.#size = size;
    }
    this.#filled = 0;
    return this.#buffers[0];
  }

  /** See {@linkcode FftPlan}. */
  runAt(batch: number, direction: "forward" | "inverse" = "forward"): ComplexPointers {
    let source = this.#buffers[this.#filled]!, target = this.#buffers[1 - this.#filled]!;
    // real and imaginary parts exchanged make an inverse transform of a forward one
    if (direction === "inverse") [source, target] = [exchanged(source), exchanged(target)];
    for (const stage of this.#stages) {
      const width = stage.merged * batch, kernel = KERNELS.get(stage.radix);
      if (kernel !== undefined && width > 1) {
        const { cosAt, sinAt, groups } = stage;
        kernel(source.re, source.im, target.re, target.im, cosAt, sinAt, groups, width);
      } else {
        passOf(stage.radix)(this.#viewOf(source), this.#viewOf(target), stage, width);
      }
      [source, target] = [target, source];
      this.#filled = 1 - this.#filled;
    }
    return this.#buffers[this.#filled]!;
  }

  #viewOf({ re, im }: ComplexPointers): ComplexArrays {
    return { re: doubles(re, this.#size), im: doubles(im, this.#size) };
  }
}

/** The passes that have a kernel; it wants a width of 2 or more. */
const KERNELS: ReadonlyMap<number, typeof fftPass2> = new Map([
  [2, fftPass2],
  [3, fftPass3],
  [4, fftPass4],
  [5, fftPass5],
]);

function exchanged({ re, im }: ComplexPointers): ComplexPointers {
  return { re: im, im: re };
}

function stagesOf(length: number, radices: readonly number[]): FftStage[] {
  let merged = 1;
  return radices.map((radix) => {
    const groups = length / merged / radix;
    const cos = new Float64Array(groups * (radix - 1));
    const sin = new Float64Array(groups * (radix - 1));
    for (let p = 0; p < groups; p++) {
      for (let k = 1; k < radix; k++) {
        const angle = -2 * Math.PI * ((p * k) % (radix * groups)) / (radix * groups);
        cos[p * (radix - 1) + k - 1] = Math.cos(angle);
        sin[p * (radix - 1) + k - 1] = Math.sin(angle);
      }
    }
    const cosAt = stored(cos), sinAt = stored(sin);
    const stage = { radix, groups, merged, cos, sin, cosAt, sinAt };
    merged *= radix;
    return stage;
  });
}

/** Copies numbers to where kernels find them. */
function stored(values: Float64Array): number {
  const pointer = reserve(8 * values.length);
  doubles(pointer, values.length).set(values);
  return pointer;
}

function passOf(radix: number): typeof passGeneric {
  if (radix === 4) return passRadix4;
  if (radix === 2) return passRadix2;
  if (radix === 3) return passRadix3;
  return radix === 5 ? passRadix5 : passGeneric;
}
