/** A configuration that is no valid one; the text names the key by its path. */
export class ConfigError extends Error {
  /** Its class by name. */
  override readonly name = "ConfigError";

  /**
   * An error about one key.
   *
   * @param keyPath The key by its path, as `training.batchSize`; empty for a whole file.
   */
  constructor(readonly keyPath: string, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}
