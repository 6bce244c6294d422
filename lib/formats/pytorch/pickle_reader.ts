import { PyTorchError } from "./pytorch_error.ts";

/** Bytes of a pickle, read from the first to the last; every length is checked before it is believed. */
export class PickleReader {
  /** The place of the next byte. */
  at: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #source: string;

  /** @param source What errors call the file. */
  constructor(bytes: Uint8Array, source: string, at = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#source = source;
    this.at = at;
  }

  /** Throws a PyTorchError that names file and place. */
  fail(detail: string): never {
    throw new PyTorchError(
      `Cannot open ${this.#source} as weights of PyTorch: ${detail} (byte ${this.at} of its pickle)`,
    );
  }

  #take(count: number): number {
    const from = this.at;
    if (!(count >= 0 && count <= this.#bytes.length - from)) {
      this.fail(`it is cut short: ${count} bytes are wanted, ${this.#bytes.length - from} follow`);
    }
    this.at += count;
    return from;
  }

  byte(): number {
    return this.#bytes[this.#take(1)]!;
  }

  uint16(): number {
    return this.#view.getUint16(this.#take(2), true);
  }

  int32(): number {
    return this.#view.getInt32(this.#take(4), true);
  }

  uint32(): number {
    return this.#view.getUint32(this.#take(4), true);
  }

  /** The one number that pickles hold with its first byte first. */
  float64(): number {
    return this.#view.getFloat64(this.#take(8), false);
  }

  /** A whole number of any length, two's complement. */
  long(length: number): bigint {
    const from = this.#take(length);
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = value << 8n | BigInt(this.#bytes[from + i]!);
    return BigInt.asIntN(8 * length, value);
  }

  bytes(length: number): Uint8Array {
    const from = this.#take(length);
    return this.#bytes.subarray(from, from + length);
  }

  text(length: number): string {
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(this.bytes(length));
    } catch (error) {
      if (error instanceof PyTorchError) throw error;
      return this.fail("a text is no UTF-8");
    }
  }

  /** A text that a line's end ends. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.at);
    if (end < 0) this.fail("a line has no end");
    const text = this.text(end - this.at);
    this.at++;
    return text;
  }
}
