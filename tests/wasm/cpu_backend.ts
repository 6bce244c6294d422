/** TensorFlow.js's plain JavaScript backend: the oracle of the operators. */
import "npm:@tensorflow/tfjs-backend-cpu@4.22.0";
import { tf } from "../../wasm/mod.ts";

// Without its advice to install another backend.
tf.enableProdMode();

/** Runs `use` on the `cpu` backend; tensors it makes must not be used outside. */
export async function onCpu<T>(use: () => T): Promise<T> {
  await tf.setBackend("cpu");
  try {
    return tf.tidy(() => use() as never) as T;
  } finally {
    await tf.setBackend("wasm");
  }
}
