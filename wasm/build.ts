/** Builds kernels.wasm from kernels/: `deno task build:wasm`. The same sources give the same bytes. */
import asc from "npm:assemblyscript@0.28.20/asc";

/** What kernels are compiled from, and the memory they run on. */
export interface KernelBuild {
  /** The module in kernels/ that exports them. */
  readonly entry: string;
  /** One given to them, shared by threads or not, or one of their own. */
  readonly memory: "shared" | "given" | "own";
}

/**
 * What is built: the network's kernels, for threads and for a single one, and the kernels of grids,
 * which are imported like a module and so bring their memory along.
 */
export const BUILDS: Readonly<Record<string, KernelBuild>> = {
  "kernels.wasm": { entry: "index.ts", memory: "shared" },
  "kernels_single.wasm": { entry: "index.ts", memory: "given" },
  "grid_kernels.wasm": { entry: "grid_index.ts", memory: "own" },
};

/**
 * Makes AssemblyScript's decorator of each line `// @inline`. It is a comment in the sources because
 * TypeScript has no decorators of functions: `deno fmt` would take them out, editors would complain.
 */
function withDecorators(source: string): string {
  return source.replace(/^\/\/ (@inline)$/gm, "$1");
}

/** The bytes of some kernels. Throws Error with the compiler's report if it fails. */
export async function compileKernels({ entry, memory }: KernelBuild): Promise<Uint8Array> {
  const folder = new URL("./kernels/", import.meta.url);
  let bytes: Uint8Array | undefined;
  const { error, stderr } = await asc.main([
    entry,
    "--outFile",
    "kernels.wasm",
    "--runtime",
    "stub",
    ...(memory === "own" ? [] : ["--importMemory"]),
    ...(memory === "shared" ? ["--sharedMemory", "--enable", "threads"] : []),
    "--initialMemory",
    "1",
    "--maximumMemory",
    "65536",
    "--enable",
    "simd,relaxed-simd,bulk-memory",
    "-O3",
    "--noAssert",
    "--use",
    "abort=",
  ], {
    readFile: (name, _base) => {
      try {
        return withDecorators(Deno.readTextFileSync(new URL(name, folder)));
      } catch {
        return null;
      }
    },
    writeFile: (_name, contents) => {
      if (contents instanceof Uint8Array) bytes = contents;
    },
    listFiles: () => [],
  });
  if (error || !bytes) throw new Error(`Cannot compile the kernels: ${error}\n${stderr}`);
  return bytes;
}

if (import.meta.main) {
  for (const [name, build] of Object.entries(BUILDS)) {
    const bytes = await compileKernels(build);
    await Deno.writeFile(new URL(name, import.meta.url), bytes);
    console.log(`wasm/${name}: ${bytes.length} bytes`);
  }
}
