import type { PreparedSlice, SlicedCase } from "./sliced_case.ts";

/**
 * A bound on what is kept in memory: some for good, and in what is left the slices that were read last.
 * What does not fit is read, or made, again.
 */
export class SliceMemory {
  readonly #bytes: number;
  #used = 0;
  /** In the order of their last use. */
  readonly #slices = new Map<string, { readonly slice: PreparedSlice; readonly bytes: number }>();

  /** @param bytes 0 or more. */
  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  /** Takes room for something that stays; false where there is not so much. */
  reserve(bytes: number): boolean {
    while (this.#used + bytes > this.#bytes && this.#slices.size > 0) this.#forgetOldest();
    if (this.#used + bytes > this.#bytes) return false;
    this.#used += bytes;
    return true;
  }

  /** A slice of a case as it is kept, or as the case gives it. */
  slice(source: SlicedCase, index: number): PreparedSlice {
    const key = `${index} ${source.id}`;
    const kept = this.#slices.get(key);
    if (kept !== undefined) {
      this.#slices.delete(key);
      this.#slices.set(key, kept);
      return kept.slice;
    }
    const slice = source.slice(index);
    const bytes = bytesOf(slice);
    if (this.reserve(bytes)) this.#slices.set(key, { slice, bytes });
    return slice;
  }

  #forgetOldest(): void {
    const [key, { bytes }] = this.#slices.entries().next().value!;
    this.#slices.delete(key);
    this.#used -= bytes;
  }
}

function bytesOf({ shown, field }: PreparedSlice): number {
  return [shown, field].reduce(
    (sum, { images, labels }) => sum + images.byteLength + (labels?.byteLength ?? 0),
    0,
  );
}
