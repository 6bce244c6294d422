/** The way back from the terms of one prediction. */
import {
  type Backward,
  readBehind,
  type Scalar,
  type Tensor,
  type Tensor4D,
  tf,
  unrecorded,
} from "../../../wasm/mod.ts";
import type { DecoderTargets } from "../latent/hard_examples.ts";
import type { LossTerm } from "./loss_terms.ts";

/** What terms of one pass share. */
export interface TermPass {
  readonly targets: DecoderTargets;
  readonly backward: Backward;
  /** Factor of all terms; 1 by default. */
  readonly weight?: number;
  /** Takes the losses, by the terms' names, with their factors: at once, or as they are read. */
  readonly losses: Record<string, number>;
}

/**
 * Computes the terms of a prediction, at least one, and the gradients of their sum. A single one goes
 * all the way back at once, so that the prediction need not be kept.
 *
 * @param predict Makes the prediction, on the tape.
 * @param by What to differentiate by, by name.
 * @returns The gradients of the sum of the terms, by name; the caller's.
 */
export function learnTerms(
  terms: readonly LossTerm[],
  predict: () => Tensor4D,
  by: ReadonlyMap<string, Tensor>,
  pass: TermPass,
): Map<string, Tensor> {
  if (terms.length === 1) {
    const term = terms[0]!;
    const loss = tf.tidy(() => lossOf(term, predict(), pass));
    const gradients = pass.backward(loss, by, seedOf(term, pass));
    noteLoss(term, loss, pass);
    return gradients;
  }
  const prediction = tf.tidy(predict);
  const gradient = gradientByPrediction(terms, prediction, pass);
  const gradients = pass.backward(prediction, by, gradient);
  gradient.dispose();
  return gradients;
}

/** The terms of a prediction that is there, and the gradient of their sum by it; the caller's. */
export function gradientByPrediction(
  terms: readonly LossTerm[],
  prediction: Tensor4D,
  pass: TermPass,
): Tensor4D {
  let gradient: Tensor4D | undefined;
  for (const term of terms) {
    const loss = lossOf(term, prediction, pass);
    noteLoss(term, loss, pass);
    const found = pass.backward(loss, new Map([["map", prediction]]), seedOf(term, pass));
    const own = found.get("map") as Tensor4D;
    if (gradient === undefined) gradient = own;
    else {
      const [before, both] = [
        gradient,
        tf.keep(unrecorded(() => tf.add<Tensor4D>(gradient!, own))),
      ];
      tf.dispose([before, own]);
      gradient = both;
    }
  }
  return gradient!;
}

function lossOf({ loss, target }: LossTerm, prediction: Tensor4D, { targets }: TermPass): Scalar {
  return loss(prediction, targets[target] as Tensor4D, targets.loss);
}

function noteLoss(term: LossTerm, loss: Scalar, { weight = 1, losses }: TermPass): void {
  readBehind(loss, ([value]) => losses[term.name] = weight * term.weight * value!);
}

/** The gradient of a weighted loss by itself; tfjs's own where that is 1. */
function seedOf(term: LossTerm, { weight = 1 }: TermPass): Scalar | undefined {
  const factor = weight * term.weight;
  return factor === 1 ? undefined : tf.scalar(factor);
}
