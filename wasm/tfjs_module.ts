/**
 * Starts TensorFlow.js's C++ side under Deno.
 *
 * Stock tfjs gives Deno one thread and a memory that nobody else can see: it takes Deno for Node,
 * where it never threads. Run in its web branch, its threaded build works on one shared memory.
 * That build starts eight pthread workers for XNNPACK; since every operator that matters to
 * training has a kernel of ours, run by a pool of ours, they would only idle. So XNNPACK is told
 * to use one thread, and the factory gets workers that say "loaded" and do nothing.
 */
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

/** Loads the threaded build on shared memory, or the single-threaded one. */
export async function loadTfjsModule(shared: boolean): Promise<TfjsModule> {
  const { factory, binary } = shared ? threadedBuild : simdBuild;
  // The factory asks these globals where it is; in its own closure they say "a web page".
  const asWebPage = new Function(
    "process",
    "require",
    "document",
    "navigator",
    "Worker",
    "_scriptDir",
    // The single-threaded build looks for this name, and throws without it.
    "WasmBackendModule",
    `return ${factory.toString()}`,
  )(undefined, undefined, undefined, { hardwareConcurrency: 2 }, IdleWorker, "", {});
  const bytes = await readBinary(binary);
  let memory: WebAssembly.Memory | undefined;
  const module: EmscriptenModule = await asWebPage({
    locateFile: (path: string) => path,
    mainScriptUrlOrBlob: "unused",
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ) {
      const compiled = new WebAssembly.Module(bytes);
      const instance = new WebAssembly.Instance(compiled, imports);
      for (const scope of [instance.exports, ...Object.values(imports)]) {
        for (const value of Object.values(scope)) {
          if (value instanceof WebAssembly.Memory) memory = value;
        }
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
          `and ends at 4 GiB; a smaller batch or image size needs less`,
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
  const response = await fetch(place);
  if (!response.ok) throw new Error(`Cannot open ${place}: the server says ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
