/** Builds kernels.wasm from kernels/: `deno task build:wasm`. The same sources give the same bytes. */
import asc from "npm:assemblyscript@0.28.20/asc";

/** What is built: for one shared memory, and for the memory of a single thread. */
export const BUILDS = { "kernels.wasm": true, "kernels_single.wasm": false } as const;

/** The bytes of the kernels, compiled for shared memory or not. Throws Error with the compiler's report if it fails. */
export async function compileKernels(shared: boolean): Promise<Uint8Array> {
  const folder = new URL("./kernels/", import.meta.url);
  let bytes: Uint8Array | undefined;
  const { error, stderr } = await asc.main([
    "index.ts",
    "--outFile",
    "kernels.wasm",
    "--runtime",
    "stub",
    "--importMemory",
    ...(shared ? ["--sharedMemory", "--enable", "threads"] : []),
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
        return Deno.readTextFileSync(new URL(name, folder));
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
  for (const [name, shared] of Object.entries(BUILDS)) {
    const bytes = await compileKernels(shared);
    await Deno.writeFile(new URL(name, import.meta.url), bytes);
    console.log(`wasm/${name}: ${bytes.length} bytes`);
  }
}
