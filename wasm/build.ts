/**
 * Builds the kernels: `deno task build:wasm` writes kernels/arguments.ts and the .wasm files beside
 * this one. The same sources give the same bytes. `deno task build:wasm --debug` writes kernels with
 * function names and assertions to wasm/debug, or to `--out FOLDER`.
 */
import { parseArgs } from "node:util";
import asc from "npm:assemblyscript@0.28.20/asc";
import { argumentClasses } from "./argument_classes.ts";
import { KERNELS } from "./kernel_arguments.ts";

/** What kernels are compiled from, and the memory they run on. */
export interface KernelBuild {
  /** The module in kernels/ that exports them. */
  readonly entry: string;
  /** One given to them, shared by threads or not, or one of their own. */
  readonly memory: "shared" | "given" | "own";
  /** Whether products and sums are two instructions: not every browser has relaxed SIMD. */
  readonly plain?: boolean;
}

/**
 * What is built: the network's kernels, for threads and for a single one, each without relaxed SIMD too,
 * and the kernels of grids, which are imported like a module and so bring their memory along.
 */
export const BUILDS: Readonly<Record<string, KernelBuild>> = {
  "kernels.wasm": { entry: "index.ts", memory: "shared" },
  "kernels_single.wasm": { entry: "index.ts", memory: "given" },
  "kernels_plain.wasm": { entry: "index.ts", memory: "shared", plain: true },
  "kernels_plain_single.wasm": { entry: "index.ts", memory: "given", plain: true },
  "grid_kernels.wasm": { entry: "grid_index.ts", memory: "own" },
};

/**
 * Makes AssemblyScript's decorator of each line `// @inline`. It is a comment in the sources because
 * TypeScript has no decorators of functions: `deno fmt` would take them out, editors would complain.
 */
function withDecorators(source: string): string {
  return source.replace(/^\/\/ (@inline)$/gm, "$1");
}

/** Makes a product and a sum of each `relaxed_madd`, which rounds twice where that may round once. */
function withPlainSums(source: string): string {
  const made = source.replaceAll(/\b(f32x4|f64x2)\.relaxed_madd\(/g, "$1_madd(");
  const used = ["f32x4", "f64x2"].filter((type) => made.includes(`${type}_madd(`));
  return made +
    used.map((type) =>
      `\n// @inline\nfunction ${type}_madd(a: v128, b: v128, c: v128): v128 { ` +
      `return ${type}.add(${type}.mul(a, b), c); }\n`
    ).join("");
}

/**
 * The bytes of some kernels. Throws Error with the compiler's report if it fails.
 *
 * @param debug Not optimised, with the functions' names, and with assertions: one that does not hold
 * ends its kernel by the instruction `unreachable`. It has no text, which would lie on the heap.
 */
export async function compileKernels(
  { entry, memory, plain = false }: KernelBuild,
  debug = false,
): Promise<Uint8Array<ArrayBuffer>> {
  const folder = new URL("./kernels/", import.meta.url);
  let bytes: Uint8Array<ArrayBuffer> | undefined;
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
    plain ? "simd,bulk-memory" : "simd,relaxed-simd,bulk-memory",
    ...(debug ? ["--debug"] : ["-O3", "--noAssert"]),
    "--use",
    "abort=",
  ], {
    readFile: (name, _base) => {
      try {
        const source = Deno.readTextFileSync(new URL(name, folder));
        return withDecorators(plain ? withPlainSums(source) : source);
      } catch {
        return null;
      }
    },
    writeFile: (_name, contents) => {
      if (contents instanceof Uint8Array) bytes = new Uint8Array(contents);
    },
    listFiles: () => [],
  });
  if (error || !bytes) throw new Error(`Cannot compile the kernels: ${error}\n${stderr}`);
  return bytes;
}

/** What kernels/arguments.ts should hold. */
export const argumentsFile = {
  url: new URL("./kernels/arguments.ts", import.meta.url),
  text: () => argumentClasses(KERNELS),
};

if (import.meta.main) {
  const { values } = parseArgs({
    options: { debug: { type: "boolean", default: false }, out: { type: "string" } },
  });
  const folder = values.out ?? import.meta.dirname + (values.debug ? "/debug" : "");
  await Deno.mkdir(folder, { recursive: true });
  await Deno.writeTextFile(argumentsFile.url, argumentsFile.text());
  for (const [name, build] of Object.entries(BUILDS)) {
    const bytes = await compileKernels(build, values.debug);
    await Deno.writeFile(`${folder}/${name}`, bytes);
    console.log(`${folder}/${name}: ${bytes.length} bytes`);
  }
}
