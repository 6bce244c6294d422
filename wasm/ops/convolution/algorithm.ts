/**
 * How 3 x 3 convolutions of stride 1 are computed: by Winograd's algorithm, with a quarter of the
 * multiplications and three to five times the rounding error, or as the sum itself.
 */

/** The algorithms to choose from. */
export type ConvolutionAlgorithm = "winograd" | "direct";

let algorithm: ConvolutionAlgorithm = "winograd";

/** The algorithm in use. */
export function convolutionAlgorithm(): ConvolutionAlgorithm {
  return algorithm;
}

/** Chooses the algorithm from now on. */
export function useConvolutionAlgorithm(chosen: ConvolutionAlgorithm): void {
  algorithm = chosen;
}

/** Runs with an algorithm, and returns to the one before. */
export function withConvolutionAlgorithm<T>(chosen: ConvolutionAlgorithm, use: () => T): T {
  const before = algorithm;
  algorithm = chosen;
  try {
    return use();
  } finally {
    algorithm = before;
  }
}
