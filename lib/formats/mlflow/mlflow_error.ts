/** A folder that is no file store of MLflow, or a run of one that cannot be gone on with. */
export class MlflowError extends Error {
  override readonly name = "MlflowError";
}
