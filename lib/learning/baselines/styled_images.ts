import {
  adamStep,
  crossEntropy,
  gradients,
  type Tensor,
  type Tensor4D,
  tf,
} from "../../../wasm/mod.ts";
import type { ChangeMap } from "../models/decoder.ts";
import type { DualNetwork } from "../models/dual_network.ts";
import { StyleLayer, type StyleParameters } from "./style_layer.ts";

/** Steps up the segmentation's loss, by Adam. */
const STEPS = 5;
const ADAM = { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/**
 * A batch of reconstructed images whose styles can be made harder to segment, as MaxStyle does (Chen et
 * al., MICCAI 2022): five steps of Adam at a rate of 0.1.
 */
export class StyledImages {
  readonly #network: DualNetwork;
  readonly #code: Tensor4D;
  readonly #labels: Tensor;
  readonly #layers: ReadonlyMap<string, StyleLayer>;

  /**
   * @param code The image code, [batch, h, w, channels]; the caller's.
   * @param labels int32 [batch, height, width]; the caller's.
   * @param styles By the place in the image decoder, as {@linkcode ChangeMap} names it.
   */
  constructor(
    network: DualNetwork,
    code: Tensor4D,
    labels: Tensor,
    styles: Readonly<Record<string, StyleParameters>>,
  ) {
    this.#network = network;
    this.#code = code;
    this.#labels = labels;
    this.#layers = new Map(
      Object.entries(styles).map(([place, style]) => [place, new StyleLayer(style)]),
    );
  }

  /** The images with their present style, [batch, height, width, channels], not limited to 0-1. */
  decode(): Tensor4D {
    const change: ChangeMap = (where, map) => this.#layers.get(where)?.apply(map) ?? map;
    return tf.tidy(() => this.#network.decodeImage(this.#code, "isolated", change));
  }

  /** The cross-entropy of their segmentation; a scalar, differentiable in the styles. */
  #loss() {
    const codes = this.#network.encodeImage(this.decode(), "isolated");
    const logits = this.#network.decodeSegmentation(codes.shape, "isolated");
    return crossEntropy(logits, this.#labels);
  }

  /** The cross-entropy of their segmentation, in nats a pixel. */
  loss(): number {
    const loss = tf.tidy(() => this.#loss());
    const [value] = loss.dataSync();
    loss.dispose();
    return value!;
  }

  /** Makes them harder by a few steps of Adam up the cross-entropy; no weight changes. */
  ascend(): void {
    const learnt = new Map<string, Tensor>(
      [...this.#layers].flatMap(([place, { tensors }]) =>
        [...tensors].map(([name, tensor]) => [`${place}.${name}`, tensor] as const)
      ),
    );
    if (learnt.size === 0) return;
    const zeros = () => new Map([...learnt].map(([name, { shape }]) => [name, tf.zeros(shape)]));
    const first = zeros(), second = zeros();
    try {
      for (let step = 1; step <= STEPS; step++) {
        const found = gradients(() => this.#loss(), learnt).gradients;
        for (const [name, uphill] of found) {
          // Adam goes down what it is given.
          const gradient = tf.neg(uphill);
          const moments = { first: first.get(name)!, second: second.get(name)! };
          adamStep({ weight: learnt.get(name)!, gradient, ...moments }, step, ADAM);
          tf.dispose([uphill, gradient]);
        }
      }
    } finally {
      tf.dispose([...first.values(), ...second.values()]);
    }
  }

  /** Gives the memory of the styles back. */
  dispose(): void {
    for (const layer of this.#layers.values()) layer.dispose();
  }
}
