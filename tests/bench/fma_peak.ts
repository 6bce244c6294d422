/**
 * The most that 128-bit multiply-adds can give here: ten independent chains of `relaxed_madd` that
 * live in registers and touch no memory, on the same pool as the kernels.
 */
import asc from "npm:assemblyscript@0.28.20/asc";
import { startPool } from "../../wasm/pool.ts";
import { secondsOf } from "./measurement.ts";

const CHAINS = 10;
/** Rounds a chunk: short, because a loop that already runs is not replaced by a faster one. */
const ROUNDS = 20000;
/** Four lanes, a multiplication and an addition each. */
const CHUNK_OPERATIONS = ROUNDS * CHAINS * 4 * 2;
/** Factor and summand, with which every chain tends to 2. */
const OPERANDS = { factor: 0.5, summand: 1 };

const DECLARED = { madd: { factor: "f32", summand: "f32" } } as const;

const names = "abcdefghij".slice(0, CHAINS).split("");
const SOURCE = `
export function madd(args: usize, chunk: i32, lane: i32): void {
  // Loaded, because constants would be made anew for each use.
  const factor = v128.load_splat<f32>(args), summand = v128.load_splat<f32>(args, 4);
  let ${names.map((name, i) => `${name} = f32x4.splat(${i})`).join(", ")};
  for (let round = 0; round < ${ROUNDS}; round++) {
    ${names.map((name) => `${name} = f32x4.relaxed_madd(${name}, factor, summand);`).join("\n    ")}
  }
  // Stored, so that no chain is left out.
  v128.store(args + 256 + (<usize>lane << 4), ${
  names.reduce((sum, name) => `f32x4.add(${sum}, ${name})`)
});
}`;

/** The peak of this many threads together in GFLOP/s: the best of several runs. */
export async function fmaPeak(threads: number): Promise<number> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536, shared: true });
  const module = new WebAssembly.Module(await compile());
  const pool = await startPool({ declared: DECLARED, module, memory, controlAt: 0, threads });
  const chunks = 64 * threads;
  // Many calls, so that every thread runs the optimised code.
  for (let i = 0; i < 20; i++) pool.run("madd", chunks, OPERANDS);
  let best = 0;
  for (let i = 0; i < 20; i++) {
    const seconds = secondsOf(() => pool.run("madd", chunks, OPERANDS));
    best = Math.max(best, chunks * CHUNK_OPERATIONS / seconds / 1e9);
  }
  await pool.stop();
  return best;
}

async function compile(): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer> | undefined;
  const features = "simd,relaxed-simd,bulk-memory,threads";
  const { error, stderr } = await asc.main([
    ...["madd.ts", "--outFile", "madd.wasm", "--runtime", "stub", "-O3", "--noAssert"],
    ...["--importMemory", "--sharedMemory", "--initialMemory", "1", "--maximumMemory", "65536"],
    ...["--enable", features, "--use", "abort="],
  ], {
    readFile: (name) => name === "madd.ts" ? SOURCE : null,
    writeFile: (_name, contents) => {
      if (contents instanceof Uint8Array) bytes = new Uint8Array(contents);
    },
    listFiles: () => [],
  });
  if (error || !bytes) throw new Error(`Cannot compile the FMA loop: ${error}\n${stderr}`);
  return bytes;
}
