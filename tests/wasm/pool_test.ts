import { assertEquals, assertRejects, assertThrows } from "../deps.ts";
import { KERNELS } from "../../wasm/kernel_arguments.ts";
import { KernelPool, startPool } from "../../wasm/pool.ts";
import { startBackend } from "../../wasm/mod.ts";
import { runtime } from "../../wasm/runtime.ts";

/** a += 1 in place, a chunk for each four: one that is left out, or done again later, shows. */
function addOnes(size: number): number[] {
  const { heap, pool } = runtime();
  return heap.withBytes(size * 8, (a) => {
    const b = a + size * 4;
    heap.floats(a, size).set(Array.from({ length: size }, (_, i) => i));
    heap.floats(b, size).fill(1);
    pool.run("addMaps", Math.ceil(size / 4), { a, b, out: a, size, chunkSize: 4 });
    return [...heap.floats(a, size)];
  });
}

for (const threads of [1, 2, 3]) {
  Deno.test(`KernelPool.run() on ${threads} threads does every chunk, job after job`, async () => {
    await startBackend({ threads });
    for (let job = 0; job < 200; job++) {
      const size = 1 + job * 7;
      assertEquals(addOnes(size), Array.from({ length: size }, (_, i) => i + 1));
    }
  });
}

Deno.test("KernelPool.run() wakes workers that have gone to sleep", async () => {
  await startBackend({ threads: 2 });
  for (let job = 0; job < 3; job++) {
    await new Promise((done) => setTimeout(done, 30));
    assertEquals(addOnes(50).at(-1), 50);
  }
});

Deno.test("KernelPool.run() refuses unknown kernels, too many chunks and wrong arguments", async () => {
  await startBackend({ threads: 2 });
  const { pool } = runtime();
  const args = { a: 1024, b: 1024, out: 2048, size: 2, chunkSize: 4 };
  assertThrows(() => pool.run("fly" as "addMaps", 1, args), TypeError, '"fly": there is none');
  assertThrows(
    () => pool.run("addMaps", 65536, args),
    RangeError,
    "65536 chunks (wanted 0 to 65535)",
  );
  assertThrows(() => pool.run("addMaps", -1, args), RangeError, "-1 chunks");
  assertThrows(
    () => pool.run("addMaps", 1, { ...args, size: 2.5 }),
    RangeError,
    'Cannot run kernel "addMaps": argument "size" is 2.5, wanted a whole number of 0 to',
  );
  const { chunkSize: _, ...rest } = args;
  assertThrows(
    // @ts-expect-error: an argument is missing
    () => pool.run("addMaps", 1, rest),
    TypeError,
    'argument "chunkSize" is undefined',
  );
  pool.run("addMaps", 0, args);
});

Deno.test("KernelPool.run() tells of a chunk that leaves the heap, and works on", async () => {
  await startBackend({ threads: 2 });
  const outside = 0xffff0000;
  assertThrows(
    () =>
      runtime().pool.run("addMaps", 8, {
        ...{ a: outside, b: outside, out: outside, size: 32, chunkSize: 4 },
      }),
    Error,
    'Kernel "addMaps" failed',
  );
  assertEquals(addOnes(50).at(-1), 50);
});

Deno.test("startPool() with one thread needs no shared memory, and follows it as it grows", async () => {
  const bytes = await Deno.readFile(new URL("../../wasm/kernels_single.wasm", import.meta.url));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const module = new WebAssembly.Module(bytes);
  const pool = await startPool({ declared: KERNELS, module, memory, controlAt: 0, threads: 1 });
  assertEquals(pool instanceof KernelPool, true);
  memory.grow(1);
  new Float32Array(memory.buffer, 1024, 2).set([1, 2]);
  pool.run("addMaps", 1, { a: 1024, b: 1024, out: 2048, size: 2, chunkSize: 4 });
  assertEquals([...new Float32Array(memory.buffer, 2048, 2)], [2, 4]);
  await pool.stop();
});

Deno.test("startPool() refuses a kernel that the module lacks, and more arguments than have room", async () => {
  const bytes = await Deno.readFile(new URL("../../wasm/kernels_single.wasm", import.meta.url));
  const options = {
    module: new WebAssembly.Module(bytes),
    memory: new WebAssembly.Memory({ initial: 1, maximum: 65536 }),
    controlAt: 0,
    threads: 1,
  };
  await assertRejects(
    () => startPool({ ...options, declared: { fly: {} } }),
    RangeError,
    'kernel "fly" is not there',
  );
  const many = Object.fromEntries(Array.from({ length: 65 }, (_, i) => [`a${i}`, "i32" as const]));
  await assertRejects(
    () => startPool({ ...options, declared: { addMaps: many } }),
    RangeError,
    'kernel "addMaps" is there and has 65 arguments',
  );
});
