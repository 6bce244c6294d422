/**
 * How far a prediction lies from another that it is held to, and the gradient by its logits.
 *
 * With q = softmax(logits) and the target p,
 *
 *   loss = weight * mean over pixels of KL + contourWeight * contour term (class_contours.ts),
 *
 * KL being KL(p || q) = sum p log(p / q) for `from-target`, as in virtual adversarial training
 * (Miyato et al., TPAMI 2019) and AdvChain, and KL(q || p) for `to-target`.
 */
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
 * @throws {TypeError} If the logits or the target are of another size.
 */
export function consistencyLoss(
  logits: Float32Array,
  shape: ClassMapsShape,
  consistency: Consistency,
): ConsistencyLoss {
  const { target, weight, contourWeight } = consistency, { classes } = shape;
  const pixels = shape.batch * shape.height * shape.width;
  checkLength("logits", logits, pixels * classes, shape);
  checkLength("target", target, pixels * classes, shape);
  const prediction = new Float32Array(logits.length), gradient = new Float32Array(logits.length);
  const divergence = consistency.divergence === "from-target" ? fromTarget : toTarget;
  const ofPixel = weight / pixels;
  let sum = 0;
  for (let at = 0; at < logits.length; at += classes) {
    const logSum = softmaxOf(logits, at, classes, prediction);
    sum += divergence(logits, logSum, prediction, target, at, classes, ofPixel, gradient);
  }
  let loss = weight * sum / pixels;
  if (contourWeight > 0) {
    const byPrediction = new Float32Array(logits.length);
    loss += contourWeight * contourTerm(prediction, target, shape, byPrediction);
    addThroughSoftmax(prediction, byPrediction, classes, contourWeight, gradient);
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

/** Takes a gradient by probabilities back to the logits and adds `factor` times it. */
function addThroughSoftmax(
  q: Float32Array,
  byPrediction: Float32Array,
  classes: number,
  factor: number,
  gradient: Float32Array,
): void {
  for (let at = 0; at < q.length; at += classes) {
    let mean = 0;
    for (let i = at; i < at + classes; i++) mean += q[i]! * byPrediction[i]!;
    for (let i = at; i < at + classes; i++) {
      gradient[i]! += factor * q[i]! * (byPrediction[i]! - mean);
    }
  }
}

function checkLength(
  what: string,
  values: Float32Array,
  wanted: number,
  { batch, height, width, classes }: ClassMapsShape,
): void {
  if (values.length === wanted) return;
  throw new TypeError(
    `Cannot compare predictions: ${what} have ${values.length} values, wanted ${wanted} ` +
      `([${[batch, height, width, classes]}])`,
  );
}
