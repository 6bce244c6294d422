/** The kernels' debug build in the place of the released one. */
import { BUILDS, compileKernels } from "../../wasm/build.ts";
import { KERNELS } from "../../wasm/kernel_arguments.ts";
import { startPool } from "../../wasm/pool.ts";
import { runtime, useRuntime } from "../../wasm/runtime.ts";

const build = BUILDS["kernels.wasm"]!;
let compiled: Promise<WebAssembly.Module> | undefined;

/** Runs with the debug build on the backend that runs, which must share its memory. */
export async function withDebugKernels(threads: number, use: () => void): Promise<void> {
  const module = await (compiled ??= compileKernels(build, true).then(WebAssembly.compile));
  const released = runtime(), { heap } = released;
  const controlAt = heap.allocate(512);
  heap.bytes(controlAt, 512).fill(0);
  const { memory } = heap;
  const pool = await startPool({ declared: KERNELS, module, memory, controlAt, threads });
  useRuntime({ ...released, pool });
  try {
    use();
  } finally {
    useRuntime(released);
    await pool.stop();
    heap.free(controlAt);
  }
}
