/**
 * The mean entropy, in nats, of the class probabilities softmax(logits) of each slice's pixels: from 0
 * (sure everywhere) to ln(classes).
 *
 * @param logits [slices, height, width, classes], finite.
 * @returns [slices]
 */
export function meanEntropies(logits: Float32Array, slices: number, classes: number): Float32Array {
  const perSlice = logits.length / slices, pixels = perSlice / classes;
  return Float32Array.from({ length: slices }, (_, n) => {
    let sum = 0;
    for (let at = n * perSlice; at < (n + 1) * perSlice; at += classes) {
      let largest = logits[at]!;
      for (let k = 1; k < classes; k++) largest = Math.max(largest, logits[at + k]!);
      // With e = exp(logit - largest) and Z their sum: H = ln Z - sum of e (logit - largest) / Z.
      let z = 0, weighted = 0;
      for (let k = 0; k < classes; k++) {
        const below = logits[at + k]! - largest, e = Math.exp(below);
        z += e;
        weighted += e * below;
      }
      sum += Math.log(z) - weighted / z;
    }
    return sum / pixels;
  });
}

/**
 * The same of one slice's probabilities themselves.
 *
 * @param probabilities [height, width, classes], each pixel's adding to 1.
 */
export function meanEntropyOf(probabilities: Float32Array, classes: number): number {
  const sum = probabilities.reduce((total, p) => p > 0 ? total - p * Math.log(p) : total, 0);
  return sum / (probabilities.length / classes);
}
