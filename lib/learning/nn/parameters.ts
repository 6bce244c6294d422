/**
 * The parameters of a network: weights on the backend, the buffers of its batch normalisations
 * beside them, both under the names of the authors' PyTorch code
 * (`segmentation_decoder.up1.conv.0.weight`), so that states can be exchanged with it.
 */
import { overwrite, readTogether, type Tensor, tf } from "../../../wasm/mod.ts";
import type { TensorRecord } from "../../formats/safetensors/tensor_record.ts";
import { fromReferenceLayout, toReferenceLayout } from "./reference_layout.ts";

/** What a parameter or a buffer looks like before it has values. */
export interface ParameterSpec {
  /** Shape in the reference's own layout: filters are [out, in, height, width]. */
  readonly shape: readonly number[];
  /** Learnt by gradient descent, or a running statistic. */
  readonly kind: "weight" | "buffer";
}

/** The names and shapes of all parameters and buffers, in a fixed order. */
export type ParameterSpecs = ReadonlyMap<string, ParameterSpec>;

/** Named tensors outside the backend, in the reference's layout. */
export type ParameterValues = ReadonlyMap<string, TensorRecord>;

/** All parameters and buffers of a network, with values. */
export class Parameters {
  /** Learnt tensors, filters as [height, width, in, out] (transposed: [.., out, in]). */
  readonly weights: ReadonlyMap<string, Tensor>;
  /** Running means and variances of the batch normalisations, [channels]. */
  readonly buffers: ReadonlyMap<string, Float32Array>;
  readonly #specs: ParameterSpecs;

  /**
   * Takes values over; entries that no spec names are ignored (counters, optimiser state).
   *
   * @throws {RangeError} If a value is missing or has another shape than its spec.
   */
  constructor(specs: ParameterSpecs, values: ParameterValues) {
    this.#specs = specs;
    const weights = new Map<string, Tensor>();
    const buffers = new Map<string, Float32Array>();
    // All are found and checked before the first is made, which an error would leave behind.
    const found = [...specs].map(([name, spec]) =>
      [name, spec, valueOf(values, name, spec.shape)] as const
    );
    for (const [name, { shape, kind }, data] of found) {
      if (kind === "buffer") buffers.set(name, data.slice());
      else {
        const layout = fromReferenceLayout(data, shape);
        weights.set(name, tf.keep(tf.tensor(layout.data, [...layout.shape])));
      }
    }
    this.weights = weights;
    this.buffers = buffers;
  }

  /** The learnt tensors whose names begin so. */
  weightsOf(...prefixes: readonly string[]): Map<string, Tensor> {
    const named = (name: string) => prefixes.some((prefix) => name.startsWith(`${prefix}.`));
    return new Map([...this.weights].filter(([name]) => named(name)));
  }

  /** The number of learnt numbers. */
  get count(): number {
    let count = 0;
    for (const weight of this.weights.values()) count += weight.size;
    return count;
  }

  /** A copy of everything in the reference's layout. */
  values(): Map<string, TensorRecord<Float32Array>> {
    const values = new Map<string, TensorRecord<Float32Array>>();
    readTogether([...this.weights.values()]);
    for (const [name, { shape, kind }] of this.#specs) {
      const data = kind === "buffer"
        ? this.buffers.get(name)!.slice()
        : toReferenceLayout(this.weights.get(name)!.dataSync() as Float32Array, shape);
      values.set(name, { shape, data });
    }
    return values;
  }

  /** Overwrites everything in place; see the constructor. */
  load(values: ParameterValues): void {
    const loaded = new Parameters(this.#specs, values);
    for (const [name, weight] of loaded.weights) overwrite(this.weights.get(name)!, weight);
    for (const [name, buffer] of loaded.buffers) this.buffers.get(name)!.set(buffer);
    loaded.dispose();
  }

  /** Gives the memory of the weights back. */
  dispose(): void {
    for (const weight of this.weights.values()) weight.dispose();
  }
}

function valueOf(values: ParameterValues, name: string, shape: readonly number[]): Float32Array {
  const value = values.get(name);
  if (!value) throw new RangeError(`Cannot load the network: ${name} is missing`);
  if (value.shape.join() !== shape.join()) {
    throw new RangeError(
      `Cannot load the network: ${name} is [${value.shape}], wanted [${shape}]: ` +
        `the file is of another architecture`,
    );
  }
  if (!(value.data instanceof Float32Array)) {
    throw new RangeError(
      `Cannot load the network: ${name} is ${value.data.constructor.name}, wanted float32`,
    );
  }
  return value.data;
}
