/** A safetensors file that cannot be read, or tensors that cannot be written as one. */
export class SafetensorsError extends Error {
  /** Its class by name. */
  override readonly name = "SafetensorsError";
}
