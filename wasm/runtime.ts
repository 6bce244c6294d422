/**
 * What operators run on. Kernels are registered with tfjs once a process, but a backend may be
 * stopped and another started: so they ask here for the one that runs.
 */
import type { BackendWasm, TensorInfo } from "./deps/tfjs.ts";
import type { Heap } from "./heap.ts";
import type { KERNELS } from "./kernel_arguments.ts";
import { otherBackend } from "./other_backend.ts";
import type { KernelPool } from "./pool.ts";

/** The parts of a running backend that operators use. */
export interface Runtime {
  readonly heap: Heap;
  readonly pool: KernelPool<typeof KERNELS>;
  readonly tfjs: BackendWasm;
}

let current: Runtime | undefined;

/** Makes this the runtime that operators use. */
export function useRuntime(runtime: Runtime): void {
  current = runtime;
}

/**
 * The runtime.
 *
 * @throws {Error} If no backend runs.
 */
export function runtime(): Runtime {
  if (!current) throw new Error("No backend runs: await startBackend() first");
  return current;
}

/** Size of the backend's memory in bytes, the peak so far: the heap never shrinks. */
export function heapBytes(): number {
  return otherBackend()?.heapBytes() ?? runtime().heap.size;
}

/** Where a tensor's values lie on the heap. */
export function pointerOf(tensor: TensorInfo): number {
  return runtime().tfjs.dataIdMap.get(tensor.dataId).memoryOffset;
}

/** An uninitialised tensor. */
export function makeOutput(shape: readonly number[], dtype: "float32" | "int32" = "float32") {
  return runtime().tfjs.makeOutput([...shape], dtype);
}
