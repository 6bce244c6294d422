import { loadOnnxRuntime } from "../../bench/alternatives/packages.ts";

/**
 * Runs an ONNX model by onnxruntime-web on one thread.
 *
 * @param shape [batch, channels, height, width] of the image.
 */
export async function runOnnx(model: Uint8Array, image: Float32Array, shape: readonly number[]) {
  const { env, InferenceSession, Tensor } = await loadOnnxRuntime();
  env.wasm.numThreads = 1;
  const session = await InferenceSession.create(model, { executionProviders: ["wasm"] });
  try {
    const { logits } = await session.run({ image: new Tensor("float32", image, [...shape]) });
    return { data: logits!.data as Float32Array, shape: logits!.dims };
  } finally {
    await session.release();
  }
}
