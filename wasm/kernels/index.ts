export { convolve } from "./convolve";
export { addPartials, filterGradient } from "./filter_gradient";
export { packFilter, unpackFilter } from "./pack";
export { winogradConvolve } from "./winograd/convolve";
export { winogradPack, winogradUnpack } from "./winograd/filter";
export { parityFilter } from "./winograd/phases";
export { winogradFilterGradient } from "./winograd/filter_gradient";
export { winogradTiles, winogradTileSums } from "./winograd/whole";
export { channelSums, join, normaliseBackward, normaliseSums } from "./normalise";
export { diceBackward, diceSums } from "./dice";
export {
  crossEntropy,
  crossEntropyBackward,
  labelWeights,
  softmax,
  softmaxBackward,
} from "./softmax";
export {
  adam,
  addMaps,
  scaledDifference,
  sigmoid,
  sigmoidBackward,
  squaredError,
} from "./elementwise";
