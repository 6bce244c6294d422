import type { SliceSize } from "../../../base/volume/slice_size.ts";
import { foregroundSlices } from "./foreground_slices.ts";
import type { PreparedVoxels } from "./prepare_case.ts";

/** A slice, or several of one size, with labels where there are any. */
export interface LabelledSlices extends SliceSize {
  /** `[slices, channels, height, width]`. */
  readonly images: Float32Array;
  /** `[slices, height, width]`, classes, or `IGNORED`. */
  readonly labels?: Uint8Array;
}

/** A slice as networks see it, and the wider one that training augments. */
export interface PreparedSlice {
  /** `[1, channels, height, width]`, as networks see it. */
  readonly shown: LabelledSlices;
  /** The same slice, wider where slices are cropped, scaled by its volume. */
  readonly field: LabelledSlices;
}

/** A prepared case of which slices can be had alone; its sides are those of what networks see. */
export interface SlicedCase extends SliceSize {
  /** Unique within a data set. */
  readonly id: string;
  /** Number of slices. */
  readonly slices: number;
  /** Channels of each slice. */
  readonly channels: number;
  /** Whether it has a label. */
  readonly labelled: boolean;
  /** Slices with foreground. */
  readonly foreground: readonly number[];
  /**
   * One of its slices.
   *
   * @param index From 0.
   */
  slice(index: number): PreparedSlice;
}

/** The slices of a case that lies in memory, without copies. */
export function slicedCase(prepared: PreparedVoxels): SlicedCase {
  const { id, slices, channels, height, width, labels, field } = prepared;
  const one = (stack: LabelledSlices, index: number): LabelledSlices => {
    const area = stack.height * stack.width;
    const part = <T extends Float32Array | Uint8Array>(values: T, size: number) =>
      values.subarray(index * size, (index + 1) * size) as T;
    return {
      height: stack.height,
      width: stack.width,
      images: part(stack.images, channels * area),
      ...stack.labels && { labels: part(stack.labels, area) },
    };
  };
  return {
    ...{ id, slices, channels, height, width, labelled: labels !== undefined },
    foreground: labels ? foregroundSlices(labels, slices) : [],
    slice: (index) => ({ shown: one(prepared, index), field: one(field, index) }),
  };
}
