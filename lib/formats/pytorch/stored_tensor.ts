import type { ElementType } from "./element_type.ts";
import { PickleObject } from "./unpickle.ts";

/** Numbers that several tensors may share. */
export class Storage extends PickleObject {
  constructor(
    readonly type: ElementType,
    /** Number of elements. */
    readonly length: number,
    /** The bytes of all elements; asked for when a tensor is read. */
    readonly bytes: () => Uint8Array,
  ) {
    super();
  }
}

/** A tensor in a file of PyTorch, not read yet. */
export interface PyTorchTensor {
  /** Sizes along each axis; empty for a single number. */
  readonly shape: readonly number[];
  /** The elements as float32, the last axis running fastest; whole numbers above 2^24 are rounded. */
  read(): Float32Array;
}

/** A tensor as its pickle describes it. */
export class StoredTensor extends PickleObject implements PyTorchTensor {
  /**
   * @param offset The first element in the storage.
   * @param strides Elements from one place of each axis to the next.
   */
  constructor(
    readonly storage: Storage,
    readonly offset: number,
    readonly shape: readonly number[],
    readonly strides: readonly number[],
  ) {
    super();
  }

  /** The elements as float32, the last axis running fastest; whole numbers above 2^24 are rounded. */
  read(): Float32Array {
    const { storage: { type, bytes }, shape, strides, offset } = this;
    const stored = bytes();
    const view = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
    const result = new Float32Array(shape.reduce((product, side) => product * side, 1));
    const index = shape.map(() => 0);
    let at = offset;
    for (let n = 0; n < result.length; n++) {
      result[n] = type.read(view, at * type.bytes);
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        at += strides[axis]!;
        if (++index[axis]! < shape[axis]!) break;
        at -= strides[axis]! * shape[axis]!;
        index[axis] = 0;
      }
    }
    return result;
  }
}
