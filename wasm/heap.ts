/** The WASM heap as TypeScript sees it: allocate, free, and views that are valid right now. */
import type { EmscriptenModule } from "./deps/tfjs_factories.ts";

/** A heap that tfjs allocates on and that Tandem's kernels share. */
export class Heap {
  /** What the heap lies on; kernels are instantiated with it. */
  readonly memory: WebAssembly.Memory;
  readonly #module: EmscriptenModule;
  #scratchAt = 0;
  #scratchBytes = 0;

  constructor(module: EmscriptenModule, memory: WebAssembly.Memory) {
    this.#module = module;
    this.memory = memory;
  }

  /** Size in bytes. */
  get size(): number {
    return this.memory.buffer.byteLength;
  }

  /**
   * Allocates bytes, aligned to 8.
   *
   * @throws {RangeError} If the heap cannot grow so far.
   */
  allocate(bytes: number): number {
    return this.#module._malloc(Math.max(bytes, 16));
  }

  /** Frees what {@linkcode allocate} gave. */
  free(pointer: number): void {
    this.#module._free(pointer);
  }

  /** Runs with an allocation that is freed at the end. */
  withBytes<T>(bytes: number, use: (pointer: number) => T): T {
    const pointer = this.allocate(bytes);
    try {
      return use(pointer);
    } finally {
      this.free(pointer);
    }
  }

  /** The threads' scratch memory, at least this large; its contents do not outlive a kernel. */
  scratch(bytes: number): number {
    if (bytes > this.#scratchBytes) {
      if (this.#scratchAt !== 0) this.free(this.#scratchAt);
      // Nothing is left to use should the allocation fail.
      this.#scratchAt = this.#scratchBytes = 0;
      this.#scratchAt = this.allocate(bytes);
      this.#scratchBytes = bytes;
    }
    return this.#scratchAt;
  }

  /** A view; not to be kept, since the heap may grow. */
  bytes(pointer: number, count: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, pointer, count);
  }

  /** A view; not to be kept, since the heap may grow. */
  floats(pointer: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, pointer, count);
  }

  /** A view; not to be kept, since the heap may grow. */
  doubles(pointer: number, count: number): Float64Array {
    return new Float64Array(this.memory.buffer, pointer, count);
  }

  /** A view; not to be kept, since the heap may grow. */
  integers(pointer: number, count: number): Int32Array {
    return new Int32Array(this.memory.buffer, pointer, count);
  }
}
