/** tfjs's own operators where Tandem's are another backend's too, or where tfjs's will not do. */
import { type TensorInfo, tf } from "../../../wasm/mod.ts";
import { cardTensors } from "../device/card_tensors.ts";
import { runKernel } from "../device/run_kernel.ts";
import { addKernel, toFloatKernel } from "../kernels/elementwise.ts";
import { type KernelCall, makeOutput, registerOnCard, WEBGPU } from "./register_on_card.ts";

/** Registers Add, for two maps of one shape, and Cast, from whole numbers. */
export function registerStock(): void {
  instead("Add", ({ inputs }) => {
    const { a, b } = inputs as { a: TensorInfo; b: TensorInfo };
    const ours = a.dtype === "float32" && b.dtype === "float32" &&
      tf.util.arraysEqual(a.shape, b.shape);
    if (!ours) return undefined;
    const sum = makeOutput(a.shape), size = tf.util.sizeFromShape(a.shape);
    runKernel(addKernel, { a, b, sum }, { size }, size);
    return sum;
  });
  // tfjs only calls whole numbers floats; its kernels look again, ours do not.
  instead("Cast", ({ inputs, attrs }) => {
    const { x } = inputs as { x: TensorInfo };
    if (attrs.dtype !== "float32" || !["int32", "bool"].includes(x.dtype)) return undefined;
    const y = makeOutput(x.shape), size = tf.util.sizeFromShape(x.shape);
    runKernel(toFloatKernel, { x, y }, { size }, size);
    return y;
  });
}

/** Registers a kernel that leaves to tfjs's what it gives nothing for. */
function instead(name: string, kernel: (call: KernelCall) => TensorInfo | undefined): void {
  const stock = tf.getKernel(name, WEBGPU);
  registerOnCard(
    name,
    (call) =>
      kernel(call) ?? stock.kernelFunc({ ...call, backend: cardTensors() } as never) as TensorInfo,
  );
}
