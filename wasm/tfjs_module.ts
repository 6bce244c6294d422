/**
 * Starts TensorFlow.js's C++ side under Deno.
 *
 * Stock tfjs gives Deno one thread and a memory that nobody else can see: it takes Deno for Node,
 * where it never threads. Run in its web branch, its threaded build works on one shared memory.
 * That build starts eight pthread workers for XNNPACK; since every operator that matters to
 * training has a kernel of ours, run by a pool of ours, they would only idle. So XNNPACK is told
 * to use one thread, and the factory gets workers that say "loaded" and do nothing.
 */
import { builtinModule } from "./builtin_module.ts";
import { type EmscriptenModule, simdBuild, threadedBuild } from "./deps/tfjs_factories.ts";

/** The C++ side and the memory it works on. */
export interface TfjsModule {
  readonly module: EmscriptenModule;
  readonly memory: WebAssembly.Memory;
}

/** A pthread worker that is never given work. */
class IdleWorker {
  onmessage?: (event: { data: { cmd: string } }) => void;
  postMessage(message: { cmd: string }): void {
    if (message.cmd === "load") queueMicrotask(() => this.onmessage?.({ data: { cmd: "loaded" } }));
  }
  terminate(): void {}
}

/**
 * Loads the threaded build on shared memory, or the single-threaded one.
 *
 * @param memory What the threaded build is to lie on.
 */
export async function loadTfjsModule(shared?: WebAssembly.Memory): Promise<TfjsModule> {
  const { factory, binary } = shared ? threadedBuild : simdBuild;
  const bytes = await readBinary(binary);
  let memory = shared;
  const module: EmscriptenModule = await startFactory(factory, {
    ...shared && { wasmMemory: shared },
    locateFile: (path: string) => path,
    mainScriptUrlOrBlob: "unused",
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) {
      const compiled = new WebAssembly.Module(bytes);
      const instance = new WebAssembly.Instance(compiled, imports);
      for (const value of Object.values(instance.exports)) {
        if (value instanceof WebAssembly.Memory) memory ??= value;
      }
      done(instance, compiled);
      return instance.exports;
    },
  });
  if (!memory) throw new Error("Cannot start the backend: tfjs's module shows no memory");
  refuseNull(module, memory);
  const wrap = (name: string, result: string | null, count: number) =>
    module.cwrap(name, result, Array(count).fill("number"));
  module.tfjs = {
    init: wrap("init", null, 0),
    initWithThreadsCount: wrap("init_with_threads_count", null, 1),
    getThreadsCount: wrap("get_threads_count", "number", 0),
    registerTensor: wrap("register_tensor", null, 3),
    disposeData: wrap("dispose_data", null, 1),
    dispose: wrap("dispose", null, 0),
  };
  return { module, memory };
}

/** The name that the single-threaded build looks for, and throws without. */
const OWN_NAME = "WasmBackendModule";

type Factory = typeof threadedBuild.factory;

/** Starts a factory, which asks globals where it is, as in a web page that has no workers. */
async function startFactory(
  factory: Factory,
  config: Parameters<Factory>[0],
): Promise<EmscriptenModule> {
  const scope = globalThis as Record<string, unknown> & { process?: unknown };
  if (scope.process !== undefined) {
    // In its own closure these globals say so.
    const names = ["process", "require", "document", "navigator", "Worker", "_scriptDir", OWN_NAME];
    const inClosure = new Function(...names, `return ${factory.toString()}`);
    const values = [undefined, undefined, undefined, { hardwareConcurrency: 2 }, IdleWorker, ""];
    return await inClosure(...values, {})(config);
  }
  // A page's policy may forbid to make functions of text.
  const { Worker } = scope;
  Object.assign(scope, { Worker: IdleWorker, [OWN_NAME]: {} });
  try {
    return await factory(config);
  } finally {
    Object.assign(scope, { Worker });
    delete scope[OWN_NAME];
  }
}

/** Makes `_malloc` throw where it gives null, which tfjs would take for an address and overwrite. */
function refuseNull(module: EmscriptenModule, memory: WebAssembly.Memory): void {
  // The first call puts the function itself in the place of emscripten's stub.
  module._free(module._malloc(16));
  const allocate = module._malloc;
  module._malloc = (bytes) => {
    // Beyond 32 bits the count would wrap to one that fits.
    const pointer = bytes > 0xffffffff ? 0 : allocate(bytes) >>> 0;
    if (pointer === 0) {
      throw new RangeError(
        `Cannot allocate ${bytes} bytes: the heap holds ${memory.buffer.byteLength} bytes ` +
          `and ends at 4 GiB or what the machine gives; a smaller batch or image size needs less`,
      );
    }
    return pointer;
  };
}

/**
 * Reads a binary that lies beside a module, wherever that came from. A page knows no packages: there
 * the binaries of tfjs lie beside the bundle, as ours do.
 */
export async function readBinary(url: URL): Promise<Uint8Array<ArrayBuffer>> {
  const inPackage = url.protocol === "npm:";
  const place = inPackage ? new URL(url.pathname.split("/").at(-1)!, import.meta.url) : url;
  // Node fetches no files.
  const fs = place.protocol === "file:" ? builtinModule("fs") : undefined;
  if (fs !== undefined) return new Uint8Array(await fs.promises.readFile(place));
  const response = await fetch(place);
  if (!response.ok) throw new Error(`Cannot open ${place}: the server says ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
