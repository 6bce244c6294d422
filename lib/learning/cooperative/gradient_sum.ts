import { type Tensor, tf, unrecorded } from "../../../wasm/mod.ts";

/** Gradients by parameter name, added up group by group. */
export class GradientSum {
  readonly #sums = new Map<string, Tensor>();

  /** Adds gradients and takes them over. */
  add(gradients: ReadonlyMap<string, Tensor>): void {
    for (const [name, gradient] of gradients) {
      const sum = this.#sums.get(name);
      if (!sum) this.#sums.set(name, gradient);
      else {
        this.#sums.set(name, tf.keep(unrecorded(() => tf.add(sum, gradient))));
        sum.dispose();
        gradient.dispose();
      }
    }
  }

  /** The sums so far. */
  get sums(): ReadonlyMap<string, Tensor> {
    return this.#sums;
  }

  /** Gives the memory back. */
  dispose(): void {
    for (const sum of this.#sums.values()) sum.dispose();
    this.#sums.clear();
  }
}
