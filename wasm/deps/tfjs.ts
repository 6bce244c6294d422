/** The one place that pins TensorFlow.js: modules imported by URL see no import map. */
export * from "./tfjs_core.ts";
export { BackendWasm, setThreadsCount } from "npm:@tensorflow/tfjs-backend-wasm@4.22.0";
