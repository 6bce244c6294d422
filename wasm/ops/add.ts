/**
 * tfjs's addition on Tandem's threads where both maps have one shape: it is what the tape adds up
 * gradients with. Other shapes go to tfjs's own kernel.
 */
import { tf } from "../deps/tfjs.ts";
import type { Tensor, TensorInfo } from "../deps/tfjs.ts";
import { makeOutput, pointerOf, runtime } from "../runtime.ts";
import { CHUNK_FLOATS } from "./image_loss.ts";
import { overrideGradient, overrideKernel } from "./override.ts";

/** Registers Add and its gradient (one shape only: Tandem broadcasts no addition). */
export function registerAdd(): void {
  const stock = tf.getKernel("Add", "wasm");
  overrideKernel("Add", (call) => {
    const { a, b } = call.inputs as { a: TensorInfo; b: TensorInfo };
    const ours = a.dtype === "float32" && b.dtype === "float32" &&
      tf.util.arraysEqual(a.shape, b.shape);
    if (!ours) {
      return stock.kernelFunc({ ...call, backend: runtime().tfjs } as never) as TensorInfo;
    }
    const out = makeOutput(a.shape), size = tf.util.sizeFromShape(a.shape);
    runtime().pool.run("addMaps", Math.ceil(size / CHUNK_FLOATS), {
      a: pointerOf(a),
      b: pointerOf(b),
      out: pointerOf(out),
      size,
      chunkSize: CHUNK_FLOATS,
    });
    return out;
  }, stock.setupFunc);
  overrideGradient({
    kernelName: "Add",
    inputsToSave: ["a", "b"],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [Tensor, Tensor];
      if (!tf.util.arraysEqual(a.shape, b.shape)) {
        throw new TypeError(
          `Cannot differentiate Add: shapes are [${a.shape}] and [${b.shape}], wanted one shape`,
        );
      }
      return { a: () => (dy as Tensor).clone(), b: () => (dy as Tensor).clone() };
    },
  });
}
