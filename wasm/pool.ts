/**
 * Fork-join over one shared memory: a kernel is cut into chunks, and every thread takes chunks
 * until none is left.
 *
 * Which thread does which chunk is chance; what a chunk does is fixed by the data alone. Kernels
 * that reduce write one partial result a chunk, added up afterwards in the order of the chunks, so
 * that the number of threads changes no bit of any result.
 */
import { checkArgument } from "./check_argument.ts";
import type { ArgumentsOf, ArgumentType, KernelDeclarations } from "./kernel_arguments.ts";
import { CONTROL, drain, type Kernel, type PoolWorker, startWorker } from "./worker.ts";

/** Where a pool keeps its control block, and on what. */
export interface PoolOptions<Declared extends KernelDeclarations> {
  /** The kernels and their arguments: what `module` exports. */
  readonly declared: Declared;
  /** The compiled kernels; they import `env.memory`. */
  readonly module: WebAssembly.Module;
  /** Memory that all threads share; with one thread it need not be shared. */
  readonly memory: WebAssembly.Memory;
  /** Byte offset of 320 zeroed bytes for the control block, a multiple of 8. */
  readonly controlAt: number;
  /** Threads in all, the calling one included: 1 or more. */
  readonly threads: number;
}

/** A kernel's place in the sorted list of exports, and its arguments in their order. */
interface Entry {
  readonly index: number;
  readonly args: readonly (readonly [name: string, type: ArgumentType])[];
}

/** A pool of threads that run kernels. Start it with {@linkcode startPool}. */
export class KernelPool<Declared extends KernelDeclarations> {
  /** Threads in all, the calling one included. */
  readonly threads: number;
  #control: Int32Array;
  #floats: Float32Array;
  readonly #controlAt: number;
  readonly #memory: WebAssembly.Memory;
  readonly #argumentsAt: number;
  readonly #kernels: readonly Kernel[];
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #workers: readonly PoolWorker[];
  #generation = 0;

  /** @ignore Use {@linkcode startPool}. */
  constructor(options: PoolOptions<Declared>, workers: readonly PoolWorker[]) {
    const { declared, module, memory, controlAt, threads } = options;
    this.threads = threads;
    this.#workers = workers;
    this.#memory = memory;
    this.#controlAt = controlAt;
    this.#control = new Int32Array(memory.buffer, controlAt, CONTROL.words);
    this.#floats = new Float32Array(memory.buffer, controlAt, CONTROL.words);
    this.#argumentsAt = controlAt + CONTROL.arguments * 4;
    const exports = new WebAssembly.Instance(module, { env: { memory } }).exports;
    const names = Object.keys(exports).sort();
    this.#kernels = names.map((name) => exports[name] as Kernel);
    this.#entries = new Map(
      Object.entries(declared).map(([name, args]) => {
        const entry = { index: names.indexOf(name), args: Object.entries(args) };
        if (entry.index < 0 || entry.args.length > CONTROL.words - CONTROL.arguments) {
          throw new RangeError(
            `Cannot start a pool: kernel "${name}" is ${entry.index < 0 ? "not " : ""}there and ` +
              `has ${entry.args.length} arguments, wanted one that the module exports with at most 64`,
          );
        }
        return [name, entry];
      }),
    );
  }

  /**
   * Runs a kernel and returns when all its chunks are done.
   *
   * @param kernel Name of a declared kernel.
   * @param chunks How many chunks there are, 0 to 65535.
   * @param args Each of its arguments.
   * @throws {RangeError} If there are too many chunks, or an argument is out of its type's range.
   * @throws {TypeError} If there is no such kernel, or an argument is missing or not a number.
   * @throws {Error} If the kernel leaves the heap, or an assertion of a debug build does not hold.
   */
  run<Name extends keyof Declared & string>(
    kernel: Name,
    chunks: number,
    args: ArgumentsOf<Declared[Name]>,
  ): void {
    const entry = this.#entries.get(kernel);
    if (!entry) throw new TypeError(`Cannot run kernel "${kernel}": there is none`);
    if (!(chunks >= 0 && chunks <= 0xffff)) {
      throw new RangeError(`Cannot run kernel "${kernel}": ${chunks} chunks (wanted 0 to 65535)`);
    }
    // Memory that is not shared detaches its views when it grows.
    if (this.#control.length === 0) {
      this.#control = new Int32Array(this.#memory.buffer, this.#controlAt, CONTROL.words);
      this.#floats = new Float32Array(this.#memory.buffer, this.#controlAt, CONTROL.words);
    }
    const control = this.#control;
    const { index } = entry, given = args as Readonly<Record<string, unknown>>;
    let word: number = CONTROL.arguments;
    for (const [name, type] of entry.args) {
      const value = given[name];
      checkArgument(kernel, name, type, value);
      if (type === "f32") this.#floats[word++] = Number(value);
      else control[word++] = Number(value);
    }
    if (this.threads === 1 || chunks === 1) {
      for (let chunk = 0; chunk < chunks; chunk++) {
        this.#kernels[index]!(this.#argumentsAt, chunk, 0);
      }
      return;
    }
    this.#generation = (this.#generation + 1) & 0xffff;
    // The claim word goes last: until it carries the new generation nobody can claim.
    Atomics.store(control, CONTROL.kernel, index);
    Atomics.store(control, CONTROL.finished, 0);
    Atomics.store(control, CONTROL.chunks, 0);
    Atomics.store(control, CONTROL.claim, this.#generation << 16);
    Atomics.store(control, CONTROL.chunks, chunks);
    Atomics.add(control, CONTROL.bell, 1);
    if (Atomics.load(control, CONTROL.sleepers) > 0) Atomics.notify(control, CONTROL.bell);
    drain(control, this.#kernels, this.#argumentsAt, 0);
    while (Atomics.load(control, CONTROL.finished) < chunks);
    if (Atomics.exchange(control, CONTROL.failed, 0) === 1) {
      throw new Error(
        `Kernel "${kernel}" failed: it left the heap, or an assertion of a debug build did not ` +
          `hold, so its arguments are wrong`,
      );
    }
  }

  /** Ends the workers; the pool must not be used afterwards. */
  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

/** Starts a pool; its workers never keep the process alive. */
export async function startPool<Declared extends KernelDeclarations>(
  options: PoolOptions<Declared>,
): Promise<KernelPool<Declared>> {
  const { module, memory, controlAt, threads } = options;
  const lanes = Array.from({ length: threads - 1 }, (_, i) => i + 1);
  const workers = await Promise.all(
    lanes.map((lane) => startWorker({ module, memory, controlAt, lane })),
  );
  return new KernelPool(options, workers);
}
