/** Adam over all parameters of a network, with a state that can be saved. */
import { type AdamOptions, adamStep, type Tensor, tf } from "../../../wasm/mod.ts";
import type { Parameters, ParameterSpecs } from "../nn/parameters.ts";
import { Parameters as Moments } from "../nn/parameters.ts";
import type { TensorRecord } from "../../formats/safetensors/tensor_record.ts";

/** The optimiser (Kingma and Ba 2015; PyTorch's update without weight decay). */
export class Adam {
  /** Learning rate, decays of the moments, epsilon. */
  readonly options: AdamOptions;
  readonly #parameters: Parameters;
  readonly #first: Moments;
  readonly #second: Moments;
  #step = 0;

  /** Starts with moments of zero. */
  constructor(parameters: Parameters, specs: ParameterSpecs, options: AdamOptions) {
    this.options = options;
    this.#parameters = parameters;
    const weights = new Map([...specs].filter(([, spec]) => spec.kind === "weight"));
    const zeros = new Map<string, TensorRecord>();
    for (const [name, { shape }] of weights) {
      zeros.set(name, { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) });
    }
    this.#first = new Moments(weights, zeros);
    this.#second = new Moments(weights, zeros);
  }

  /** Number of steps taken. */
  get steps(): number {
    return this.#step;
  }

  /** One step down these gradients at this rate; parameters without a gradient stay. */
  step(gradients: ReadonlyMap<string, Tensor>, learningRate = this.options.learningRate): void {
    this.#step++;
    for (const [name, gradient] of gradients) {
      adamStep(
        {
          weight: this.#parameters.weights.get(name)!,
          gradient,
          first: this.#first.weights.get(name)!,
          second: this.#second.weights.get(name)!,
        },
        this.#step,
        { ...this.options, learningRate },
      );
    }
  }

  /** The state, under `optimizer.`. */
  values(): Map<string, TensorRecord<Float32Array>> {
    const values = new Map<string, TensorRecord<Float32Array>>();
    values.set("optimizer.step", { shape: [1], data: Float32Array.of(this.#step) });
    for (const [name, value] of this.#first.values()) values.set(`optimizer.first.${name}`, value);
    for (const [name, value] of this.#second.values()) {
      values.set(`optimizer.second.${name}`, value);
    }
    return values;
  }

  /**
   * Takes a state over; without any `optimizer.` entries it starts afresh.
   *
   * @throws {RangeError} If an entry is missing or of another shape.
   */
  load(values: ReadonlyMap<string, TensorRecord>): void {
    const step = values.get("optimizer.step");
    // Everything is found and checked before anything is taken over.
    const parts = [[this.#first, "first"], [this.#second, "second"]] as const;
    const found = parts.map(([moments, prefix]) => {
      const part = new Map<string, TensorRecord>();
      for (const [name, { shape, data }] of moments.values()) {
        const key = `optimizer.${prefix}.${name}`;
        const stored = values.get(key);
        if (step && stored?.shape.join() !== shape.join()) {
          throw new RangeError(
            `Cannot load the optimiser: ${key} is ${stored ? `[${stored.shape}]` : "missing"}, ` +
              `wanted [${shape}]`,
          );
        }
        part.set(name, stored ?? { shape, data: data.fill(0) });
      }
      return part;
    });
    parts.forEach(([moments], i) => moments.load(found[i]!));
    this.#step = Number(step?.data[0] ?? 0);
  }

  /** Gives the memory back. */
  dispose(): void {
    tf.dispose([...this.#first.weights.values(), ...this.#second.weights.values()]);
  }
}
