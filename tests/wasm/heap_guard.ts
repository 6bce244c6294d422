/**
 * Guards around everything that kernels get from the heap: bytes before and behind each allocation
 * that nobody may change, scratch memory of exactly the size asked for, and NaN in what is fresh.
 */
import { runtime } from "../../wasm/runtime.ts";

/** Bytes on either side. */
const GUARD = 4096;
const MARK = 0xa5;

/** Runs with guards; returns how many allocations were left. */
export function withGuards(use: () => void): number {
  const { heap } = runtime();
  const sizes = new Map<number, number>();
  let broken = 0, scratch = 0;
  const original = { allocate: heap.allocate, free: heap.free, scratch: heap.scratch };
  heap.allocate = (bytes) => {
    const at = original.allocate.call(heap, bytes + 2 * GUARD) + GUARD;
    heap.bytes(at - GUARD, GUARD).fill(MARK);
    heap.bytes(at + bytes, GUARD).fill(MARK);
    heap.floats(at, bytes >> 2).fill(NaN);
    sizes.set(at, bytes);
    return at;
  };
  heap.free = (at) => {
    const bytes = sizes.get(at)!;
    sizes.delete(at);
    const around = [heap.bytes(at - GUARD, GUARD), heap.bytes(at + bytes, GUARD)];
    if (around.some((guard) => guard.some((byte) => byte !== MARK))) broken++;
    original.free.call(heap, at - GUARD);
  };
  heap.scratch = (bytes) => {
    if (scratch !== 0) heap.free(scratch);
    return scratch = heap.allocate(bytes);
  };
  try {
    use();
    if (scratch !== 0) heap.free(scratch);
    return broken;
  } finally {
    Object.assign(heap, original);
  }
}
