/** A file that PyTorch did not save, that is damaged, or that asks for more than weights. */
export class PyTorchError extends Error {
  /** Its class by name. */
  override readonly name = "PyTorchError";
}
