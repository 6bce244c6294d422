/** The image decoder's last activation and its loss. */
import { tf } from "../deps/tfjs.ts";
import type { Scalar, Tensor, TensorInfo } from "../deps/tfjs.ts";
import { makeOutput, pointerOf, runtime } from "../runtime.ts";
import { KERNEL_NAMES } from "./kernel_names.ts";
import { overrideGradient, overrideKernel } from "./override.ts";

const HALF_SQUARED_ERROR = KERNEL_NAMES.halfSquaredError;
/** Floats a chunk takes, a multiple of 4. */
export const CHUNK_FLOATS = 16384;

/**
 * 0.5 * mean((a - b)^2) over all entries; differentiable in `a`.
 *
 * @throws {TypeError} If the shapes differ.
 */
export function halfSquaredError(a: Tensor, b: Tensor): Scalar {
  if (!tf.util.arraysEqual(a.shape, b.shape)) {
    throw new TypeError(`Cannot compare images: [${a.shape}] and [${b.shape}], wanted one shape`);
  }
  return tf.engine().runKernel(HALF_SQUARED_ERROR, { a, b } as never) as Scalar;
}

/** Registers HalfSquaredError, and Sigmoid in place of tfjs's, with their gradients. */
export function registerImageLoss(): void {
  overrideKernel("Sigmoid", ({ inputs }) => {
    const { x } = inputs as { x: TensorInfo };
    const out = makeOutput(x.shape), size = tf.util.sizeFromShape(x.shape);
    runtime().pool.run("sigmoid", Math.ceil(size / CHUNK_FLOATS), {
      x: pointerOf(x),
      out: pointerOf(out),
      size,
      chunkSize: CHUNK_FLOATS,
    });
    return out;
  });
  overrideGradient({
    kernelName: "Sigmoid",
    outputsToSave: [true],
    gradFunc: (dy, saved) => ({
      x: () => {
        const y = saved[0]!, out = makeOutput(y.shape);
        runtime().pool.run("sigmoidBackward", Math.ceil(y.size / CHUNK_FLOATS), {
          y: pointerOf(y),
          dy: pointerOf(dy as Tensor),
          out: pointerOf(out),
          size: y.size,
          chunkSize: CHUNK_FLOATS,
        });
        return tf.engine().makeTensorFromDataId(out.dataId, out.shape, out.dtype);
      },
    }),
  });

  overrideKernel(HALF_SQUARED_ERROR, ({ inputs }) => {
    const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
    const { heap, pool } = runtime();
    const size = tf.util.sizeFromShape(a.shape), chunks = Math.ceil(size / CHUNK_FLOATS);
    const total = heap.withBytes(chunks * 8, (sums) => {
      pool.run("squaredError", chunks, {
        a: pointerOf(a),
        b: pointerOf(b),
        sums,
        size,
        chunkSize: CHUNK_FLOATS,
      });
      return heap.doubles(sums, chunks).reduce((x, y) => x + y, 0);
    });
    const out = makeOutput([]);
    heap.floats(pointerOf(out), 1)[0] = 0.5 * total / size;
    return out;
  });
  overrideGradient({
    kernelName: HALF_SQUARED_ERROR,
    inputsToSave: ["a", "b"],
    gradFunc: (dy, saved) => {
      const [a, b] = saved as [Tensor, Tensor];
      const difference = (left: Tensor, right: Tensor) => () => {
        const out = makeOutput(left.shape);
        const factor = (dy as Tensor).dataSync()[0]! / left.size;
        runtime().pool.run("scaledDifference", Math.ceil(left.size / CHUNK_FLOATS), {
          a: pointerOf(left),
          b: pointerOf(right),
          out: pointerOf(out),
          size: left.size,
          chunkSize: CHUNK_FLOATS,
          factor,
        });
        return tf.engine().makeTensorFromDataId(out.dataId, out.shape, out.dtype);
      };
      return { a: difference(a, b), b: difference(b, a) };
    },
  });
}
