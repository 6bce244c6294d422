/**
 * The one place that pins onnxruntime-web, which runs ONNX models. It is large; whoever needs it imports
 * this module when it does, by a name that the graph of modules does not show.
 */
export { env, InferenceSession, Tensor } from "npm:onnxruntime-web@1.30.0";
