/**
 * The backend: TensorFlow.js on WASM with SIMD and threads under Deno, and Tandem's kernels on the
 * same memory.
 */
import { builtinModule } from "./builtin_module.ts";
import { BackendWasm, setThreadsCount, tf } from "./deps/tfjs.ts";
import { Heap } from "./heap.ts";
import { KERNELS } from "./kernel_arguments.ts";
import { startPool } from "./pool.ts";
import { loadTfjsModule, readBinary } from "./tfjs_module.ts";
import { useRuntime } from "./runtime.ts";
import { type ConvolutionAlgorithm, useConvolutionAlgorithm } from "./ops/convolution/algorithm.ts";
import { registerOperators } from "./ops/register.ts";

/** Options of {@linkcode startBackend}. */
export interface BackendOptions {
  /** Threads in all, the calling one included: 1 to 64. Default: all cores. */
  readonly threads?: number;
  /**
   * How 3 x 3 convolutions are computed from now on, on whichever backend runs. Default: as before;
   * at first by Winograd's algorithm.
   */
  readonly convolution?: ConvolutionAlgorithm;
  /** `false` forbids shared memory, and with it threads. Default: used where it is to be had. */
  readonly sharedMemory?: boolean;
  /** `false` forbids relaxed SIMD: products are rounded before they are added. Default: used likewise. */
  readonly relaxedSimd?: boolean;
  /** Is told what could not be had. Default: `console.warn`. */
  readonly onNotice?: (line: string) => void;
}

/** A running backend. */
export interface Backend {
  /** Threads in all, the calling one included. */
  readonly threads: number;
  /** Whether all threads work on one shared memory. */
  readonly sharedMemory: boolean;
  /** Whether products are added by relaxed SIMD, which mostly rounds once. */
  readonly relaxedSimd: boolean;
  /** Bytes that the heap may grow to; undefined where only the browser knows. */
  readonly mostBytes: number | undefined;
  /** Size of the WASM heap in bytes. It never shrinks: this is the peak so far. */
  heapBytes(): number;
  /** Ends the workers and unregisters the backend, if it still runs. A process may also simply end. */
  stop(): Promise<void>;
}

let running: { backend: Backend; options: string } | undefined;
/** The start under way: another waits for it, so that no pool is started twice and lost. */
let starting: Promise<unknown> = Promise.resolve();

/**
 * Starts tfjs's `wasm` backend with SIMD and threads and registers all of Tandem's operators.
 * Nothing else is needed to use them. Called again with the same threads and memory it returns the
 * backend that runs; with others it ends that one first, and with it all of its tensors.
 *
 * @throws {RangeError} If `threads` is not a whole number from 1 to 64.
 *
 * @example Two threads
 * ```ts
 * import { startBackend } from "./backend.ts";
 * import { tf } from "./deps/tfjs.ts";
 *
 * await startBackend({ threads: 2 });
 * const sum = tf.add(tf.tensor1d([1, 2]), 1).dataSync();
 * if (sum[1] !== 3) throw new Error("wrong sum");
 * ```
 */
export async function startBackend(options: BackendOptions = {}): Promise<Backend> {
  const wanted = options.threads ?? Math.min(64, coreCount());
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 64) {
    throw new RangeError(`Cannot start the backend: threads is ${wanted}, wanted 1 to 64`);
  }
  const notice = options.onNotice ?? console.warn;
  // Asked once: each try sets the whole memory aside.
  const maximum = options.sharedMemory ?? true ? sharedPages() : undefined;
  const sharedMemory = maximum !== undefined;
  if (!sharedMemory && wanted > 1) {
    notice(
      "Shared memory is not to be had here: running on one thread, with SIMD",
    );
  }
  const started = starting.then(() =>
    start(sharedMemory ? wanted : 1, maximum, options.relaxedSimd ?? true, notice)
  );
  starting = started.catch(() => {});
  const backend = await started;
  if (options.convolution !== undefined) useConvolutionAlgorithm(options.convolution);
  return backend;
}

async function start(
  threads: number,
  maximum: number | undefined,
  mayRelax: boolean,
  notice: (line: string) => void,
): Promise<Backend> {
  const sharedMemory = maximum !== undefined, key = `${threads} ${sharedMemory} ${mayRelax}`;
  if (running?.options === key) {
    // Another backend may have been in use since.
    if (tf.getBackend() !== "wasm") await tf.setBackend("wasm");
    return running.backend;
  }
  await running?.backend.stop();

  if (maximum !== undefined && maximum < MOST_PAGES[0]) {
    notice(`Shared memory ends at ${maximum / 16384} GiB here: large slices may not fit`);
  }
  const { module, memory } = await loadTfjsModule(
    maximum === undefined ? undefined : shared(maximum),
  );
  const { kernels, relaxedSimd } = await loadKernels(sharedMemory, mayRelax);
  if (mayRelax && !relaxedSimd) {
    notice("Relaxed SIMD is not to be had here: products are rounded before they are added");
  }
  const heap = new Heap(module, memory);
  const controlAt = heap.allocate(512);
  heap.bytes(controlAt, 512).fill(0);
  const pool = await startPool({ declared: KERNELS, module: kernels, memory, controlAt, threads });

  // XNNPACK runs on the calling thread alone (see tfjs_module.ts).
  setThreadsCount(1);
  const tfjs = new BackendWasm(module as never);
  if (tf.findBackendFactory("wasm")) tf.removeBackend("wasm");
  tf.registerBackend("wasm", () => tfjs, 10);
  useRuntime({ heap, pool, tfjs });
  registerOperators();
  await tf.setBackend("wasm");

  const backend: Backend = {
    threads,
    sharedMemory,
    relaxedSimd,
    mostBytes: maximum === undefined ? undefined : maximum * PAGE,
    heapBytes: () => heap.size,
    async stop() {
      if (running?.backend !== backend) return;
      running = undefined;
      await pool.stop();
      tf.removeBackend("wasm");
    },
  };
  running = { backend, options: key };
  return backend;
}

/** Cores of this machine; Node tells them otherwise before its version 21. */
function coreCount(): number {
  const { navigator } = globalThis as { navigator?: { hardwareConcurrency?: number } };
  return navigator?.hardwareConcurrency ?? builtinModule("os")?.availableParallelism() ?? 1;
}

const PAGE = 65536;

/** The heap's first pages, which tfjs's build asks for. */
const FIRST_PAGES = 256;

/** The pages that a heap may grow to, the most first: telephones refuse to set aside 4 GiB. */
const MOST_PAGES = [65536, 32768, 16384, 8192] as const;

function shared(maximum: number): WebAssembly.Memory {
  return new WebAssembly.Memory({ initial: FIRST_PAGES, maximum, shared: true });
}

/** The most pages that memory shared between threads may have; undefined where there is none. */
function sharedPages(): number | undefined {
  return MOST_PAGES.find((maximum) => {
    try {
      return shared(maximum).buffer instanceof SharedArrayBuffer;
    } catch {
      return false;
    }
  });
}

/** The kernels for this machine: with relaxed SIMD where it may be and is to be had. */
async function loadKernels(sharedMemory: boolean, mayRelax: boolean) {
  const load = async (name: string) =>
    await readBinary(new URL(`${name}${sharedMemory ? "" : "_single"}.wasm`, import.meta.url));
  const relaxed = mayRelax ? await load("kernels") : undefined;
  const relaxedSimd = relaxed !== undefined && WebAssembly.validate(relaxed);
  const bytes = relaxedSimd ? relaxed : await load("kernels_plain");
  return { relaxedSimd, kernels: new WebAssembly.Module(bytes) };
}
