/** The names that Tandem's own operators have in tfjs, on every backend. */
export const KERNEL_NAMES = {
  convolution: "TandemConvolution",
  normalisedConvolution: "TandemNormalisedConvolution",
  activate: "TandemActivate",
  join: "TandemJoin",
  softmax: "TandemSoftmax",
  crossEntropy: "TandemCrossEntropy",
  diceLoss: "TandemDiceLoss",
  halfSquaredError: "TandemHalfSquaredError",
} as const;
