/** An ONNX model that cannot be read or run. */
export class OnnxError extends Error {
  override readonly name = "OnnxError";
}
