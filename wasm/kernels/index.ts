export { convolve } from "./convolve";
export { addPartials, filterGradient } from "./filter_gradient";
export { packFilter, unpackFilter } from "./pack";
export { winogradConvolve } from "./winograd/convolve";
export { winogradPack, winogradUnpack } from "./winograd/filter";
export { winogradFilterGradient } from "./winograd/filter_gradient";
export { channelSums, join, normaliseBackward, normaliseSums } from "./normalise";
export { crossEntropy, crossEntropyBackward, softmax, softmaxBackward } from "./softmax";
export { adam, addMaps, scaledDifference, sigmoid, sigmoidBackward, squaredError } from "./elementwise";
