import type { RandomStream } from "../../../base/random/random_stream.ts";

/** One slice and its labels; pixel (x, y) is at `x + width * y`. */
export interface LabelledSlice {
  /** `[height, width]`, intensities. */
  readonly image: Float32Array;
  /** Classes 0-3. */
  readonly label: Uint8Array;
  /** Columns, in pixels. */
  readonly width: number;
  /** Rows, in pixels. */
  readonly height: number;
}

/**
 * A random change of a slice, sampling apart from applying: the parameters are plain JSON, and the
 * same parameters give the same slice again.
 */
export interface SliceTransform<Options, Params> {
  readonly name: string;
  /** The values of Chen et al. 2021. */
  readonly defaults: Options;
  /** Draws parameters; null where this slice is to stay as it is. */
  sample(options: Options, rng: RandomStream): Params | null;
  /** Changes a slice; its input stays as it is. */
  apply(slice: LabelledSlice, params: Params): LabelledSlice;
}
