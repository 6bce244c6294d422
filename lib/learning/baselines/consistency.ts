/**
 * How far a prediction lies from another that it is held to, and the gradient by its logits.
 *
 * With q = softmax(logits) and the target p,
 *
 *   loss = weight * mean over pixels of KL + contourWeight * contour term (class_contours.ts),
 *
 * KL being KL(p || q) = sum p log(p / q) for `from-target`, as in virtual adversarial training
 * (Miyato et al., TPAMI 2019) and AdvChain, and KL(q || p) for `to-target`. Pixels that are
 * ignored have no part: means are over the others, and contours see no difference there.
 */
import { IGNORED_LABEL } from "../../../wasm/mod.ts";
import { type ClassMapsShape, contourTerm } from "./class_contours.ts";
import type { Consistency } from "./image_augmentation.ts";

/** The least probability of a target whose logarithm is taken: what it rules out costs 18 nats. */
const LEAST = 1e-8;

/** A consistency loss and where it falls. */
export interface ConsistencyLoss {
  /** The loss, 0 or more. */
  readonly loss: number;
  /** Its gradient by the logits, [batch, height, width, classes]. */
  readonly gradient: Float32Array;
}

/**
 * The consistency loss of a batch of logits.
 *
 * @param logits [batch, height, width, classes]
 * @param shape Their size.
 * @param consistency What they are held to; its target is a constant.
 * @throws {TypeError} If the logits, the target or the labels are of another size.
 */
export function consistencyLoss(
  logits: Float32Array,
  shape: ClassMapsShape,
  consistency: Consistency,
): ConsistencyLoss {
  const { target, weight, contourWeight, labels } = consistency, { classes } = shape;
  const pixels = shape.batch * shape.height * shape.width;
  checkLength("logits", logits, pixels * classes, shape);
  checkLength("target", target, pixels * classes, shape);
  if (labels) checkLength("labels", labels, pixels, { ...shape, classes: 1 });
  const isIgnored = (at: number) => labels?.[at / classes] === IGNORED_LABEL;
  const ignored = labels?.reduce((n, label) => label === IGNORED_LABEL ? n + 1 : n, 0) ?? 0;
  const known = Math.max(1, pixels - ignored);
  const prediction = new Float32Array(logits.length), gradient = new Float32Array(logits.length);
  const divergence = consistency.divergence === "from-target" ? fromTarget : toTarget;
  const ofPixel = weight / known;
  let sum = 0;
  for (let at = 0; at < logits.length; at += classes) {
    const logSum = softmaxOf(logits, at, classes, prediction);
    if (isIgnored(at)) continue;
    sum += divergence(logits, logSum, prediction, target, at, classes, ofPixel, gradient);
  }
  let loss = weight * sum / known;
  if (contourWeight > 0) {
    const byPrediction = new Float32Array(logits.length);
    const wanted = ignored === 0
      ? target
      : target.map((p, i) => isIgnored(i - i % classes) ? prediction[i]! : p);
    // The term is a mean over all pixels.
    const factor = contourWeight * (pixels / known);
    loss += factor * contourTerm(prediction, wanted, shape, byPrediction);
    addThroughSoftmax(prediction, byPrediction, classes, factor, gradient, isIgnored);
  }
  return { loss, gradient };
}

/** Writes the softmax of a pixel; gives the logarithm of the sum of exponentials. */
function softmaxOf(
  logits: Float32Array,
  at: number,
  classes: number,
  prediction: Float32Array,
): number {
  let largest = logits[at]!, sum = 0;
  for (let i = at + 1; i < at + classes; i++) if (logits[i]! > largest) largest = logits[i]!;
  for (let i = at; i < at + classes; i++) {
    const exponential = Math.exp(logits[i]! - largest);
    prediction[i] = exponential;
    sum += exponential;
  }
  for (let i = at; i < at + classes; i++) prediction[i]! /= sum;
  return largest + Math.log(sum);
}

/** Gives a pixel's divergence, and writes `factor` times its gradient by the logits. */
type Divergence = (
  logits: Float32Array,
  logSum: number,
  prediction: Float32Array,
  target: Float32Array,
  at: number,
  classes: number,
  factor: number,
  gradient: Float32Array,
) => number;

const fromTarget: Divergence = (logits, logSum, q, target, at, classes, factor, gradient) => {
  let sum = 0, whole = 0;
  for (let i = at; i < at + classes; i++) {
    const p = target[i]!;
    whole += p;
    if (p > 0) sum += p * (Math.log(p) - logits[i]! + logSum);
  }
  // Rounded probabilities do not add up to 1 exactly.
  for (let i = at; i < at + classes; i++) gradient[i] = factor * (whole * q[i]! - target[i]!);
  return sum;
};

const toTarget: Divergence = (logits, logSum, q, target, at, classes, factor, gradient) => {
  let sum = 0;
  for (let i = at; i < at + classes; i++) {
    const logRatio = logits[i]! - logSum - Math.log(Math.max(target[i]!, LEAST));
    gradient[i] = logRatio;
    sum += q[i]! * logRatio;
  }
  for (let i = at; i < at + classes; i++) gradient[i] = factor * q[i]! * (gradient[i]! - sum);
  return sum;
};

/** Takes a gradient by probabilities back to the logits; adds `factor` times it where not ignored. */
function addThroughSoftmax(
  q: Float32Array,
  byPrediction: Float32Array,
  classes: number,
  factor: number,
  gradient: Float32Array,
  isIgnored: (at: number) => boolean,
): void {
  for (let at = 0; at < q.length; at += classes) {
    if (isIgnored(at)) continue;
    let mean = 0;
    for (let i = at; i < at + classes; i++) mean += q[i]! * byPrediction[i]!;
    for (let i = at; i < at + classes; i++) {
      gradient[i]! += factor * q[i]! * (byPrediction[i]! - mean);
    }
  }
}

function checkLength(
  what: string,
  values: Float32Array | Int32Array,
  wanted: number,
  { batch, height, width, classes }: ClassMapsShape,
): void {
  if (values.length === wanted) return;
  throw new TypeError(
    `Cannot compare predictions: ${what} have ${values.length} values, wanted ${wanted} ` +
      `([${[batch, height, width, classes]}])`,
  );
}
