/**
 * TensorFlow.js's emscripten factories and the addresses of their binaries, which Deno finds in
 * its npm cache also when Tandem itself was imported over http. The package types neither.
 */
// @ts-ignore: an untyped CommonJS file
import threadedFactory from "npm:@tensorflow/tfjs-backend-wasm@4.22.0/wasm-out/tfjs-backend-wasm-threaded-simd.js";
// @ts-ignore: an untyped CommonJS file
import simdFactory from "npm:@tensorflow/tfjs-backend-wasm@4.22.0/wasm-out/tfjs-backend-wasm-simd.js";

/** The part of an emscripten module that a backend uses. */
export interface EmscriptenModule {
  HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  cwrap(name: string, result: string | null, types: readonly string[]): unknown;
  tfjs: Record<string, unknown>;
}

/** One build of TensorFlow.js's C++ side. */
export interface TfjsBuild {
  readonly factory: (config: Record<string, unknown>) => Promise<EmscriptenModule>;
  readonly binary: URL;
}

const FOLDER = "npm:@tensorflow/tfjs-backend-wasm@4.22.0/wasm-out/";

/** SIMD on one shared memory. */
export const threadedBuild: TfjsBuild = {
  factory: threadedFactory as unknown as TfjsBuild["factory"],
  binary: new URL(import.meta.resolve(`${FOLDER}tfjs-backend-wasm-threaded-simd.wasm`)),
};
/** SIMD on a memory of its own. */
export const simdBuild: TfjsBuild = {
  factory: simdFactory,
  binary: new URL(import.meta.resolve(`${FOLDER}tfjs-backend-wasm-simd.wasm`)),
};
