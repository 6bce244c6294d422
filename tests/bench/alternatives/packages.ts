/**
 * The packages that Tandem is measured against, pinned. Each is loaded where it is asked for, so
 * that no two backends meet in one process.
 */

/** TensorFlow.js as its users import it: all gradients, the `cpu` backend. */
export const loadTfjs = () => import("npm:@tensorflow/tfjs@4.22.0");

/** TensorFlow.js's `wasm` backend, registered by being loaded. */
export const loadTfjsWasm = () => import("npm:@tensorflow/tfjs-backend-wasm@4.22.0");

/** jax-js: JAX's functions, compiled to WASM kernels. */
export const loadJax = () => import("npm:@jax-js/jax@0.1.25");

/** onnxruntime-web, in the build that it has for Node and Deno. */
export const loadOnnxRuntime = () => import("npm:onnxruntime-web@1.30.0");
