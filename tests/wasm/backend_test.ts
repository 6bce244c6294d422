import { assert, assertEquals, assertRejects } from "../deps.ts";
import { startBackend, tf } from "../../wasm/mod.ts";
import { pointerOf, runtime } from "../../wasm/runtime.ts";

const sum = () => [...tf.add(tf.tensor1d([1, 2]), tf.tensor1d([3, 4])).dataSync()];

Deno.test("startBackend() starts threads on one shared memory", async () => {
  const backend = await startBackend({ threads: 2 });
  assertEquals([backend.threads, backend.sharedMemory], [2, true]);
  assertEquals([tf.getBackend(), runtime().pool.threads], ["wasm", 2]);
  assert(backend.heapBytes() >= 2 ** 20);
  assertEquals(sum(), [4, 6]);
});

Deno.test("startBackend() gives the backend that runs, or starts another", async () => {
  const backend = await startBackend({ threads: 2 });
  const kept = tf.tensor1d([1, 2]);
  assertEquals(await startBackend({ threads: 2 }), backend);
  assertEquals([...kept.dataSync()], [1, 2]);
  assert(pointerOf(kept) > 0);
  const other = await startBackend({ threads: 3 });
  assert(other !== backend);
  assertEquals(runtime().pool.threads, 3);
  assertEquals(sum(), [4, 6]);
});

Deno.test("Backend.stop() ends it, and startBackend() begins anew", async () => {
  const first = await startBackend({ threads: 2 });
  await first.stop();
  const second = await startBackend({ threads: 2 });
  assert(second !== first);
  assertEquals(sum(), [4, 6]);
  // A backend that no longer runs does not stop the one that does.
  await first.stop();
  assertEquals(await startBackend({ threads: 2 }), second);
  assertEquals(sum(), [4, 6]);
});

Deno.test("startBackend() takes all cores by default", async () => {
  const backend = await startBackend();
  assertEquals(backend.threads, Math.min(64, navigator.hardwareConcurrency));
});

Deno.test("startBackend() without shared memory runs on one thread and says so", async () => {
  const notices: string[] = [];
  const onNotice = (line: string) => notices.push(line);
  const backend = await startBackend({ threads: 4, sharedMemory: false, onNotice });
  assertEquals([backend.threads, backend.sharedMemory], [1, false]);
  assertEquals(notices, [
    "Shared memory is not to be had here: running on one thread, with SIMD",
  ]);
  assertEquals(sum(), [4, 6]);
  // The memory of a single thread is another one after it has grown.
  const before = backend.heapBytes();
  const large = tf.zeros([2 ** 22]), larger = tf.zeros([2 ** 23]);
  assert(backend.heapBytes() > before);
  assertEquals(sum(), [4, 6]);
  tf.dispose([large, larger]);
  await startBackend({ threads: 1, sharedMemory: false, onNotice });
  assertEquals(notices.length, 1, "one thread was wanted: nothing to say");
});

Deno.test("startBackend() takes a smaller memory, or plain SIMD, where there is no more", async () => {
  const { Memory } = WebAssembly, { validate } = WebAssembly;
  const notices: string[] = [];
  const onNotice = (line: string) => notices.push(line);
  try {
    WebAssembly.Memory = class extends Memory {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        if (descriptor.maximum! > 16384) throw new RangeError("out of memory");
        super(descriptor);
      }
    };
    WebAssembly.validate = () => false;
    const backend = await startBackend({ threads: 5, onNotice });
    assertEquals([backend.relaxedSimd, backend.mostBytes], [false, 2 ** 30]);
    assertEquals(notices, [
      "Shared memory ends at 1 GiB here: large slices may not fit",
      "Relaxed SIMD is not to be had here: products are rounded before they are added",
    ]);
    assertEquals(sum(), [4, 6]);
  } finally {
    Object.assign(WebAssembly, { Memory, validate });
  }
  const backend = await startBackend({ threads: 2 });
  assertEquals([backend.relaxedSimd, backend.mostBytes], [true, 2 ** 32]);
});

Deno.test("startBackend() refuses impossible numbers of threads", async () => {
  for (const threads of [0, 65, 1.5, -1, NaN]) {
    await assertRejects(
      () => startBackend({ threads }),
      RangeError,
      `threads is ${threads}, wanted 1 to 64`,
    );
  }
});

/** What a script prints, run as a process of its own that has 20 s to end by itself. */
async function outputOf(...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", ...args],
    cwd: new URL("../../", import.meta.url),
    signal: AbortSignal.timeout(20_000),
  }).output();
  assert(success, `it did not end by itself: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout).trim();
}

Deno.test("workers end with the process", async () => {
  assertEquals(await outputOf("tests/wasm/ends_by_itself.ts"), "2 16");
});

Deno.test("importing mod.ts starts no worker", async () => {
  const code = `
    import process from "node:process";
    const { syncBuiltinESMExports, createRequire } = await import("node:module");
    const threads = createRequire(import.meta.url)("node:worker_threads");
    let started = 0;
    const count = (Base) => class extends Base { constructor(...a) { super(...a); started++; } };
    threads.Worker = count(threads.Worker);
    globalThis.Worker = count(globalThis.Worker);
    syncBuiltinESMExports();
    const tandem = await import("./mod.ts");
    console.log(started);
    await tandem.startBackend({ threads: 3 });
    console.log(started);
    process.exit();
  `;
  const file = await Deno.makeTempFile({ suffix: ".mjs" });
  await Deno.writeTextFile(
    file,
    code.replace("./mod.ts", new URL("../../mod.ts", import.meta.url).href),
  );
  assertEquals(await outputOf(file), "0\n2");
});

Deno.test("startBackend() called twice at once starts one backend", async () => {
  const [first, second] = await Promise.all([
    startBackend({ threads: 2 }),
    startBackend({ threads: 2 }),
  ]);
  assertEquals(first === second, true);
});
