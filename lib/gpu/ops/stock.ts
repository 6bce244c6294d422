/** tfjs's own operators where Tandem's are another backend's too, or where tfjs's will not do. */
import { type TensorInfo, tf } from "../../../wasm/mod.ts";
import { cardTensors } from "../device/card_tensors.ts";
import { runKernel } from "../device/run_kernel.ts";
import { addKernel, fillKernel, toFloatKernel } from "../kernels/elementwise.ts";
import { type KernelCall, makeOutput, registerOnCard, WEBGPU } from "./register_on_card.ts";

/** Writes one number everywhere. */
function fill(out: TensorInfo, value: number): void {
  const size = tf.util.sizeFromShape(out.shape);
  runKernel(fillKernel, { out }, { size, value }, size);
}

/** A new map of one number. */
export function filled(shape: readonly number[], value: number): TensorInfo {
  const out = makeOutput(shape);
  fill(out, value);
  return out;
}

/**
 * Registers Add, for two maps of one shape, Cast, from whole numbers, and Fill and ZerosLike, which
 * tfjs's kernels tell their sizes anew each time.
 */
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
  instead("ZerosLike", ({ inputs }) => {
    const { x } = inputs as { x: TensorInfo };
    return x.dtype === "float32" ? filled(x.shape, 0) : undefined;
  });
  instead("Fill", ({ attrs }) => {
    const { shape, value, dtype } = attrs as { shape: number[]; value: unknown; dtype?: string };
    const ours = (dtype ?? "float32") === "float32" && typeof value === "number";
    return ours && !shape.includes(0) ? filled(shape, value) : undefined;
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
