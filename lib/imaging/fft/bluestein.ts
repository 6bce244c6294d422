/**
 * Transforms of lengths with a large prime factor. Bluestein (1970): with
 * `q x = (q^2 + x^2 - (q - x)^2) / 2` the transform becomes a convolution with a chirp, which a
 * transform of a convenient longer length computes.
 */
import { doubles, reserve } from "../../../wasm/grid.ts";
import type { ComplexArrays } from "./fft_stage.ts";
import {
  complexArrays,
  type ComplexPointers,
  type FftPlan,
  flipped,
  radicesOf,
  StockhamPlan,
} from "./stockham.ts";

/** The plan of any length. */
export class BluesteinPlan implements FftPlan {
  /** Points a line. */
  readonly length: number;
  readonly #padded: StockhamPlan;
  /** `exp(-pi i x^2 / n)`. */
  readonly #chirp: ComplexArrays;
  /** The spectrum of the convolution's kernel, divided by the padded length. */
  readonly #kernel: ComplexArrays;
  #size = 0;
  #data: ComplexPointers = { re: 0, im: 0 };

  /** Makes the tables of this length. */
  constructor(length: number) {
    this.length = length;
    this.#padded = new StockhamPlan(paddedRadices(2 * length - 1));
    this.#chirp = complexArrays(length);
    const n = this.#padded.length, work = this.#padded.input(1);
    for (let x = 0; x < length; x++) {
      // x^2 modulo 2n keeps the angle, and its accuracy, for long lines
      const angle = -Math.PI * ((x * x) % (2 * length)) / length;
      const c = this.#chirp.re[x] = Math.cos(angle), s = this.#chirp.im[x] = Math.sin(angle);
      work.re[x] = work.re[(n - x) % n] = c;
      work.im[x] = work.im[(n - x) % n] = -s;
    }
    const { re, im } = this.#padded.run(1);
    const scaled = (values: Float64Array) => values.slice(0, n).map((value) => value / n);
    this.#kernel = { re: scaled(re), im: scaled(im) };
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
      this.#data = { re: reserve(8 * size), im: reserve(8 * size) };
      this.#size = size;
    }
    return this.#data;
  }

  /** See {@linkcode FftPlan}. */
  runAt(batch: number, direction: "forward" | "inverse" = "forward"): ComplexPointers {
    const work = this.#padded.input(batch), view = this.#viewOf(this.#data);
    const data = direction === "forward" ? view : flipped(view);
    const size = this.length * batch, end = this.#padded.length * batch;
    multiplyRows(data, this.#chirp, work, this.length, batch);
    work.re.fill(0, size, end);
    work.im.fill(0, size, end);
    const spectrum = this.#padded.run(batch);
    multiplyRows(spectrum, this.#kernel, spectrum, this.#padded.length, batch);
    multiplyRows(this.#padded.run(batch, "inverse"), this.#chirp, data, this.length, batch);
    return this.#data;
  }

  #viewOf({ re, im }: ComplexPointers): ComplexArrays {
    return { re: doubles(re, this.#size), im: doubles(im, this.#size) };
  }
}

function multiplyRows(
  source: ComplexArrays,
  factors: ComplexArrays,
  target: ComplexArrays,
  rows: number,
  batch: number,
): void {
  for (let x = 0; x < rows; x++) {
    const c = factors.re[x]!, s = factors.im[x]!;
    for (let o = x * batch; o < (x + 1) * batch; o++) {
      const re = source.re[o]!, im = source.im[o]!;
      target.re[o] = re * c - im * s;
      target.im[o] = re * s + im * c;
    }
  }
}

function paddedRadices(least: number): number[] {
  for (let length = least;; length++) {
    const radices = radicesOf(length);
    if (radices?.every((radix) => radix <= 5)) return radices;
  }
}
