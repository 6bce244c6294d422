/** The one place that pins niivue, which draws volumes in WebGL. */
export { Niivue, NVImage, SHOW_RENDER, SLICE_TYPE } from "npm:@niivue/niivue@0.69.0";
