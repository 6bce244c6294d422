import type { Tensor } from "../../../wasm/mod.ts";
import type { Task } from "./work.ts";

/** A task whose results are tensors of TensorFlow.js, on any of its backends that works at once. */
export function tensorTask(compute: () => Record<string, Tensor>): Task {
  const dispose = (tensors: Record<string, Tensor>) =>
    Object.values(tensors).forEach((tensor) => tensor.dispose());
  return {
    run: () => dispose(compute()),
    results: () => {
      const tensors = compute();
      const entries = Object.entries(tensors).map(([name, tensor]) => [
        ...[name, {
          shape: tensor.shape,
          data: tensor.dataSync().slice() as Float32Array,
        }] as const,
      ]);
      dispose(tensors);
      return Promise.resolve(Object.fromEntries(entries));
    },
  };
}
