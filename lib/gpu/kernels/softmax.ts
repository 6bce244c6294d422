/** Softmax over the classes of a pixel, and what is made of it; a thread a pixel. */
import { IGNORED_LABEL } from "../../../wasm/mod.ts";
import { EACH_ENTRY, FLAT, type Kernel } from "./kernel.ts";
import type { Summed } from "./sums.ts";

/** The largest logit of the pixel at `at`, and the sum of exponentials above it. */
const EXPONENTIALS = `
fn exponentials(at: u32, classes: u32, factor: f32) -> vec2<f32> {
  var top = logits[at] * factor;
  for (var k = 1u; k < classes; k++) { top = max(top, logits[at + k] * factor); }
  var sum = 0.0;
  for (var k = 0u; k < classes; k++) { sum += exp(logits[at + k] * factor - top); }
  return vec2<f32>(top, sum);
}`;

/** p = softmax(logits * factor); `size` is the number of pixels. */
export const softmaxKernel: Kernel = {
  name: "softmax",
  inputs: { logits: "f32" },
  outputs: { p: "f32" },
  sizes: ["size", "classes"],
  factors: ["factor"],
  threads: FLAT,
  before: EXPONENTIALS,
  body: `${EACH_ENTRY}
  let at = index * u.classes;
  let found = exponentials(at, u.classes, u.factor);
  for (var k = 0u; k < u.classes; k++) {
    p[at + k] = exp(logits[at + k] * u.factor - found.x) / found.y;
  }`,
};

/** dlogits = factor * p * (dp - sum of p * dp). */
export const softmaxBackKernel: Kernel = {
  name: "softmaxBack",
  inputs: { p: "f32", dp: "f32" },
  outputs: { d: "f32" },
  sizes: ["size", "classes"],
  factors: ["factor"],
  threads: FLAT,
  body: `${EACH_ENTRY}
  let at = index * u.classes;
  var dot = 0.0;
  for (var k = 0u; k < u.classes; k++) { dot = fma(p[at + k], dp[at + k], dot); }
  for (var k = 0u; k < u.classes; k++) {
    d[at + k] = u.factor * p[at + k] * (dp[at + k] - dot);
  }`,
};

/** Each pixel's weighted loss, and its weight: 0 where nobody labelled it. */
export const CROSS_ENTROPY: Summed = {
  name: "crossEntropy",
  inputs: { logits: "f32", labels: "i32", weights: "f32" },
  sizes: ["classes"],
  functions: EXPONENTIALS,
  before: `let label = labels[i];
      var weight = 0.0;
      var loss = 0.0;
      if (label != ${IGNORED_LABEL}) {
        let found = exponentials(i * u.classes, u.classes, 1.0);
        weight = weights[label];
        loss = weight * (log(found.y) - (logits[i * u.classes + u32(label)] - found.x));
      }`,
  terms: ["loss", "weight"],
};

/** loss = sums[0] / sums[1], 0 where nothing has a weight. */
export const meanLossKernel: Kernel = {
  name: "meanLoss",
  inputs: { sums: "f32" },
  outputs: { loss: "f32" },
  sizes: ["size"],
  threads: 1,
  body: `
  loss[0] = sums[0] / select(sums[1], 1.0, sums[1] == 0.0);`,
};

/** dlogits = dy * weight / all weights * (p - 1 at the label). */
export const crossEntropyBackKernel: Kernel = {
  name: "crossEntropyBack",
  inputs: { logits: "f32", labels: "i32", weights: "f32", sums: "f32", dy: "f32" },
  outputs: { d: "f32" },
  sizes: ["size", "classes"],
  threads: FLAT,
  before: EXPONENTIALS,
  body: `${EACH_ENTRY}
  let at = index * u.classes;
  let label = labels[index];
  var factor = 0.0;
  if (label != ${IGNORED_LABEL} && sums[1] != 0.0) {
    factor = dy[0] / sums[1] * weights[label];
  }
  let found = exponentials(at, u.classes, 1.0);
  for (var k = 0u; k < u.classes; k++) {
    let p = exp(logits[at + k] - found.x) / found.y;
    d[at + k] = factor * (p - select(0.0, 1.0, i32(k) == label));
  }`,
};

/** For each class: the probability where the label is the class, anywhere, and the label's pixels. */
export const DICE: Summed = {
  name: "dice",
  inputs: { probabilities: "f32", labels: "i32" },
  before: `let label = labels[p];
      let there = label != ${IGNORED_LABEL};
      let own = label == i32(c);`,
  terms: [
    "select(0.0, probabilities[i], own)",
    "select(0.0, probabilities[i], there)",
    "select(0.0, 1.0, own)",
  ],
};

/** The loss of those sums, and its slopes by the probability: at the label, and anywhere. */
export const diceLossKernel: Kernel = {
  name: "diceLoss",
  inputs: { sums: "f32" },
  outputs: { loss: "f32", slopes: "f32" },
  sizes: ["classes"],
  factors: ["little"],
  threads: 1,
  body: `
  let foreground = f32(u.classes - 1u);
  slopes[0] = 0.0;
  slopes[u.classes] = 0.0;
  var dice = 0.0;
  for (var k = 1u; k < u.classes; k++) {
    let above = 2.0 * sums[k] + u.little;
    let below = sums[u.classes + k] + sums[2u * u.classes + k] + u.little;
    dice += above / below / foreground;
    slopes[k] = -2.0 / below / foreground;
    slopes[u.classes + k] = above / below / below / foreground;
  }
  loss[0] = 1.0 - dice;`,
};

/** dlogits = dy * p * (dp - sum of p * dp), with dp of those slopes. */
export const diceBackKernel: Kernel = {
  name: "diceBack",
  inputs: { logits: "f32", labels: "i32", slopes: "f32", dy: "f32" },
  outputs: { d: "f32" },
  sizes: ["size", "classes"],
  threads: FLAT,
  before: `${EXPONENTIALS}
fn slope(k: u32, label: i32) -> f32 {
  return select(0.0, slopes[k], i32(k) == label) + slopes[u.classes + k];
}`,
  body: `${EACH_ENTRY}
  let at = index * u.classes;
  let label = labels[index];
  let factor = select(dy[0], 0.0, label == ${IGNORED_LABEL});
  let found = exponentials(at, u.classes, 1.0);
  var dot = 0.0;
  for (var k = 0u; k < u.classes; k++) {
    dot = fma(exp(logits[at + k] - found.x) / found.y, slope(k, label), dot);
  }
  for (var k = 0u; k < u.classes; k++) {
    let p = exp(logits[at + k] - found.x) / found.y;
    d[at + k] = factor * p * (slope(k, label) - dot);
  }`,
};
