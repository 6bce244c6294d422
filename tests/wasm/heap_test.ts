import { assert, assertEquals, assertThrows } from "../deps.ts";
import { startBackend, tf } from "../../wasm/mod.ts";
import { makeOutput, runtime } from "../../wasm/runtime.ts";

const backend = await startBackend({ threads: 1 });

Deno.test("Heap.withBytes() gives aligned memory and frees it, also after an error", () => {
  const { heap } = runtime();
  const first = heap.withBytes(64, (at) => {
    assertEquals(at % 8, 0);
    heap.floats(at, 2).set([1.5, -2]);
    assertEquals([...heap.floats(at, 2)], [1.5, -2]);
    assertEquals([...heap.integers(at, 1)], [0x3fc00000]);
    return at;
  });
  assertThrows(
    () =>
      heap.withBytes(64, () => {
        throw new TypeError("inner");
      }),
    TypeError,
    "inner",
  );
  assertEquals(heap.withBytes(64, (at) => at), first, "the memory was not given back");
});

Deno.test("Heap.scratch() stays where it is until more is wanted", () => {
  const { heap } = runtime();
  const at = heap.scratch(1000);
  assertEquals(heap.scratch(10), at);
  heap.bytes(heap.scratch(100_000), 100_000).fill(1);
});

Deno.test("a full heap is an error with sizes, for kernels and for tensors of tfjs", () => {
  const { heap } = runtime();
  const held: number[] = [];
  const take = () => {
    for (;;) held.push(heap.allocate(2 ** 30));
  };
  const full = "Cannot allocate 1073741824 bytes: the heap holds";
  assertThrows(take, RangeError, full);
  assert(held.length >= 2, `only ${held.length} GiB`);
  assert(held.some((at) => at > 2 ** 31), "addresses above 2 GiB must not be negative");
  assertThrows(() => makeOutput([2 ** 28]), RangeError, full);
  assertThrows(() => heap.scratch(2 ** 30), RangeError, full);
  held.forEach((at) => heap.free(at));
  // All is as before.
  heap.bytes(heap.scratch(1000), 1000).fill(2);
  assertEquals([...tf.add(tf.tensor1d([1, 2]), 1).dataSync()], [2, 3]);
  assert(backend.heapBytes() > 2 ** 31);
});

Deno.test("Heap.allocate() refuses more than 32 bits can count", () => {
  assertThrows(
    () => runtime().heap.allocate(2 ** 32 + 64),
    RangeError,
    "Cannot allocate 4294967360 bytes",
  );
});
