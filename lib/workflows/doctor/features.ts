/** What a machine's WebAssembly offers, found by validating the smallest module that uses it. */

/** `i8x16.splat` and `i8x16.popcnt` in one function. */
const SIMD = Uint8Array.fromHex(
  "0061736d01000000010501600001" + "7b030201000a0a0108004100fd0ffd620b",
);
/** `i8x16.relaxed_swizzle` in one function. */
const RELAXED_SIMD = Uint8Array.fromHex(
  "0061736d01000000010501600001" + "7b030201000a0f010d004101fd0f4102fd0ffd80020b",
);

/** Which features are to be had. */
export interface WasmFeatures {
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  /** Memory that several threads share. */
  readonly sharedMemory: boolean;
}

/** Tries each feature. */
export function wasmFeatures(): WasmFeatures {
  return {
    simd: WebAssembly.validate(SIMD),
    relaxedSimd: WebAssembly.validate(RELAXED_SIMD),
    sharedMemory: sharesMemory(),
  };
}

function sharesMemory(): boolean {
  try {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    return memory.buffer instanceof SharedArrayBuffer;
  } catch {
    return false;
  }
}
