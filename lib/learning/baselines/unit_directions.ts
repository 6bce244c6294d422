/** Directions of steps: one for each image of a batch, of unit length. */

/**
 * Divides the values of each image by their Euclidean norm.
 *
 * @param values Batch first, as many for each image.
 * @param batch Number of images.
 * @param otherwise What stands in, as it is, for an image whose values are all 0: as many values, of
 * unit length already; by default they stay 0.
 * @returns New values in the same order.
 */
export function unitDirections(
  values: Float32Array,
  batch: number,
  otherwise?: Float32Array,
): Float32Array {
  const count = values.length / batch, result = new Float32Array(values.length);
  for (let first = 0; first < values.length; first += count) {
    let squares = 0;
    for (let i = first; i < first + count; i++) squares += values[i]! ** 2;
    const norm = Math.sqrt(squares), source = norm > 0 ? values : otherwise;
    if (!source) continue;
    for (let i = first; i < first + count; i++) result[i] = source[i]! / (norm > 0 ? norm : 1);
  }
  return result;
}
