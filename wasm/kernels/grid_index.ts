export { blurAcross, blurAlong } from "./blur";
export { fftPass2, fftPass3, fftPass4, fftPass5 } from "./fft";
export { gatherLines, scatterLines, weighRows } from "./lines";
export { sampleRow } from "./sample";
