/** A wish about artifacts that cannot be met as it stands; nothing was written. */
export class ArtifactRequestError extends Error {
  /** Its class by name. */
  override readonly name = "ArtifactRequestError";
}

/** Runs what checks a caller's wish; its TypeError or RangeError becomes an ArtifactRequestError. */
export function requested<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (!(cause instanceof TypeError || cause instanceof RangeError)) throw cause;
    throw new ArtifactRequestError(cause.message, { cause });
  }
}
