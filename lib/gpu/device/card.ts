import { CardError } from "./card_error.ts";
import type { CardThread } from "./card_thread.ts";
import { ANSWER, type BindingKind, type CardInfo, type Command } from "./commands.ts";

/** Commands that are gathered before they are sent. */
const GATHERED = 64;
/** Milliseconds after which a card that says nothing counts as lost. */
const PATIENCE = 600_000;

/** Usages of a buffer, as WebGPU numbers them. */
export const USAGE = { copyFrom: 4, copyTo: 8, uniform: 64, storage: 128 } as const;

/** A buffer on the card, by its number. */
export class CardBuffer {
  constructor(readonly id: number, readonly size: number, readonly usage: number) {}
}

/** A compiled kernel on the card, by its number. */
export interface CardPipeline {
  readonly id: number;
}

/** A graphics card as its caller sees it: commands go out at once, reading waits. */
export class Card {
  readonly info: CardInfo;
  readonly #thread: CardThread;
  #commands: Command[] = [];
  #next = 1;
  #bytes = 0;
  #peak = 0;
  #lost: CardError | undefined;
  readonly #problem = new SharedArrayBuffer(4096);

  constructor(thread: CardThread) {
    this.#thread = thread;
    this.info = thread.info;
  }

  /** Whether it is gone for good. */
  get lost(): boolean {
    return this.#lost !== undefined;
  }

  /** Bytes of all buffers, at their most so far. */
  get peakBytes(): number {
    return this.#peak;
  }

  /** Bytes of all buffers now. */
  get bytes(): number {
    return this.#bytes;
  }

  #send(command: Command): void {
    if (this.#lost) throw this.#lost;
    this.#commands.push(command);
    if (this.#commands.length >= GATHERED) this.flush();
  }

  /** Sends what was gathered. */
  flush(): void {
    if (this.#commands.length === 0) return;
    this.#thread.postMessage({ type: "run", commands: this.#commands });
    this.#commands = [];
  }

  /**
   * @param size In bytes; rounded up to a multiple of 4.
   * @throws {CardError} If the card takes no buffer of this size.
   */
  createBuffer(size: number, usage: number): CardBuffer {
    const bytes = Math.max(4, Math.ceil(size / 4) * 4), { limits } = this.info;
    const most = Math.min(limits.maxBufferSize!, limits.maxStorageBufferBindingSize!);
    if (bytes > most) {
      throw new CardError({
        kind: "out of memory",
        text: `a map takes ${bytes} bytes, and this card takes ${most} at most`,
      });
    }
    const buffer = new CardBuffer(this.#next++, bytes, usage);
    this.#send(["buffer", buffer.id, bytes, usage]);
    this.#bytes += bytes;
    this.#peak = Math.max(this.#peak, this.#bytes);
    return buffer;
  }

  destroyBuffer(buffer: CardBuffer): void {
    this.#bytes -= buffer.size;
    if (!this.#lost) this.#send(["destroy", buffer.id]);
  }

  /** Writes a copy of the values. */
  write(buffer: CardBuffer, values: ArrayBufferView, offset = 0): void {
    const { buffer: bytes, byteOffset, byteLength } = values;
    const copy = new Uint8Array(bytes as ArrayBuffer, byteOffset, byteLength).slice();
    this.#send(["write", buffer.id, offset, copy]);
  }

  copy(from: CardBuffer, fromAt: number, to: CardBuffer, toAt: number, bytes: number): void {
    this.#send(["copy", from.id, fromAt, to.id, toAt, bytes]);
  }

  /** Compiles a kernel; `kinds` are those of its bindings, in order, or as the code has them. */
  createPipeline(
    name: string,
    code: string,
    entry: string,
    kinds?: readonly BindingKind[],
  ): CardPipeline {
    const id = this.#next++;
    this.#send(["pipeline", id, name, code, entry, kinds]);
    return { id };
  }

  /** Runs a kernel on buffers, bound in order. */
  dispatch(
    pipeline: CardPipeline,
    buffers: readonly CardBuffer[],
    groups: readonly [number, number, number],
  ): void {
    const bindings = buffers.map(({ id }, binding) => ({ binding, buffer: id }));
    this.#send(["dispatch", pipeline.id, bindings, groups]);
  }

  /**
   * Waits for all that was asked for, and gives the bytes of buffers, each in an array of its own.
   *
   * @throws {CardError} If something went wrong on the card since the last call.
   */
  read(wanted: readonly { buffer: CardBuffer; bytes: number }[]): ArrayBuffer[] {
    if (this.#lost) throw this.#lost;
    const parts = wanted.map(({ buffer, bytes }) => ({ buffer: buffer.id, offset: 0, bytes }));
    const whole = parts.reduce((sum, { bytes }) => sum + bytes, 0);
    const answer = new SharedArrayBuffer(ANSWER.bytes + whole);
    const words = new Int32Array(answer, 0, ANSWER.bytes / 4);
    const commands = this.#commands;
    this.#commands = [];
    this.#thread.postMessage({ type: "read", commands, parts, answer, problem: this.#problem });
    // One that the processor computes may take as long as it takes.
    Atomics.wait(words, ANSWER.state, 0, this.info.software ? Infinity : PATIENCE);
    const state = Atomics.load(words, ANSWER.state);
    if (state !== 1) throw this.#failed(state === 2 ? words[ANSWER.problemBytes]! : undefined);
    let at: number = ANSWER.bytes;
    return parts.map(({ bytes }) => {
      const copy = new ArrayBuffer(bytes);
      new Uint8Array(copy).set(new Uint8Array(answer, at, bytes));
      at += bytes;
      return copy;
    });
  }

  #failed(bytes: number | undefined): CardError {
    const told = bytes === undefined
      ? { kind: "device lost", text: `it said nothing for ${PATIENCE / 1000} s` } as const
      : JSON.parse(new TextDecoder().decode(new Uint8Array(this.#problem).slice(0, bytes)));
    const error = new CardError(told);
    if (!error.stateKept) this.#lost = error;
    return error;
  }

  /** Starts or ends the timing of kernels. */
  profile(on: boolean): void {
    this.flush();
    this.#thread.postMessage({ type: "profile", on });
  }

  /** What each kernel took since profiling began or this was asked last. */
  async times() {
    this.flush();
    return await this.#thread.times();
  }

  /** Gives the device up, as a driver's reset would: for tests. */
  lose(): void {
    this.flush();
    this.#thread.postMessage({ type: "lose" });
  }

  /** Ends the thread, and with it all that lies on the card. */
  async close(): Promise<void> {
    await this.#thread.close();
  }
}
