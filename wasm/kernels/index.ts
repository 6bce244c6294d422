export { convolve } from "./convolve";
export { addPartials, filterGradient } from "./filter_gradient";
export { packFilter, unpackFilter } from "./pack";
export { channelSums, join, normaliseBackward, normaliseSums } from "./normalise";
export { crossEntropy, crossEntropyBackward, softmax, softmaxBackward } from "./softmax";
export { adam, addMaps, scaledDifference, sigmoid, sigmoidBackward, squaredError } from "./elementwise";
