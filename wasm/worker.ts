/**
 * What a pool worker runs, and the claim protocol that it shares with the main thread.
 *
 * Both functions are sent to the workers as text, because only so can a worker start when Tandem
 * itself was imported over http or lies in a bundle. They may therefore use nothing from outside
 * their own bodies, not even each other's name, which a bundler may change.
 */

import { builtinModule } from "./builtin_module.ts";

/** Words of the control block (32-bit), at the start of its memory. */
export const CONTROL = {
  /** Generation in the high 16 bits, next unclaimed chunk in the low 16. */
  claim: 0,
  /** Number of chunks of the current job. */
  chunks: 1,
  /** Index of the current kernel in the sorted list of exports. */
  kernel: 2,
  /** Chunks finished. */
  finished: 3,
  /** Bumped once a job, to wake sleepers. */
  bell: 4,
  /** Workers asleep. */
  sleepers: 5,
  /** 1 if a chunk of the current job failed. */
  failed: 6,
  /** First of the kernel's arguments. */
  arguments: 16,
  /** Size of the block in words. */
  words: 80,
} as const;

/** A kernel: reads its arguments at `args`, does chunk number `chunk`; `lane` is the thread. */
export type Kernel = (args: number, chunk: number, lane: number) => void;

/**
 * Claims and runs chunks of the current job until none is left.
 *
 * A claim is a compare-and-swap of generation and chunk together, so that a thread that wakes late
 * can never take a chunk of a job it has not read; a job cannot end while a claimed chunk runs.
 */
export function drain(
  control: Int32Array,
  kernels: readonly Kernel[],
  argumentsAt: number,
  lane: number,
): void {
  for (;;) {
    const word = Atomics.load(control, 0);
    const chunk = word & 0xffff;
    if (chunk >= Atomics.load(control, 1)) return;
    if (Atomics.compareExchange(control, 0, word, word + 1) !== word) continue;
    try {
      kernels[Atomics.load(control, 2)]!(argumentsAt, chunk, lane);
    } catch {
      // A trap (memory out of bounds): the thread that waits for the job must hear of it.
      Atomics.store(control, 6, 1);
    }
    Atomics.add(control, 3, 1);
  }
}

/** What a worker is given at its start. */
export interface WorkerTask {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Byte offset of the control block. */
  readonly controlAt: number;
  /** Number of this thread, from 1 (the main thread is 0). */
  readonly lane: number;
}

/** A worker's life: take part in every job, spin a little between jobs, then sleep. */
function serve(task: WorkerTask, takeChunks: typeof drain, ready: () => void): void {
  const { module, memory, controlAt, lane } = task;
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports;
  const kernels = Object.keys(exports).sort().map((name) => exports[name] as Kernel);
  const control = new Int32Array(memory.buffer, controlAt, 80);
  ready();
  let bell = 0;
  for (;;) {
    for (let spin = 0; spin < 20000 && Atomics.load(control, 4) === bell; spin++);
    if (Atomics.load(control, 4) === bell) {
      Atomics.add(control, 5, 1);
      Atomics.wait(control, 4, bell);
      Atomics.sub(control, 5, 1);
    }
    bell = Atomics.load(control, 4);
    takeChunks(control, kernels, controlAt + 64, lane);
  }
}

/** A worker that takes part in every job, and no longer than its owner lives. */
export interface PoolWorker {
  /** Ends it. */
  terminate(): unknown;
}

/** Starts a worker; resolved once it waits for jobs. */
export function startWorker(task: WorkerTask): Promise<PoolWorker> {
  const threads = builtinModule("worker_threads");
  return threads === undefined ? startWebWorker(task) : startThread(threads, task);
}

/** Unlike a web worker, a worker thread can be kept from holding the process open. */
async function startThread(
  { Worker }: typeof import("node:worker_threads"),
  task: WorkerTask,
): Promise<PoolWorker> {
  const source = `const { parentPort, workerData } = process.getBuiltinModule("worker_threads");
(${serve})(workerData, ${drain}, () => parentPort.postMessage("ready"));`;
  const url = new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const worker = new Worker(url, { workerData: task });
  await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  worker.unref();
  return worker;
}

/** A page's; it needs a `blob:` address, since one of `data:` may not share memory. */
async function startWebWorker(task: WorkerTask): Promise<PoolWorker> {
  const source =
    `onmessage = ({ data }) => (${serve})(data, ${drain}, () => postMessage("ready"));`;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    const worker = new Worker(url, { type: "module" });
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = ({ message }) => reject(new Error(`Cannot start a worker: ${message}`));
      worker.postMessage(task);
    });
    return worker;
  } finally {
    URL.revokeObjectURL(url);
  }
}
