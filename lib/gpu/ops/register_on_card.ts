/** Registration of kernels and gradients with tfjs on the `webgpu` backend, and tensors for them. */
import {
  type GradConfig,
  gradientOn,
  type Tensor,
  type TensorInfo,
  tf,
} from "../../../wasm/mod.ts";
import { cardTensors } from "../device/card_tensors.ts";

/** The backend's name in tfjs. */
export const WEBGPU = "webgpu";

/** What a kernel is called with. */
export interface KernelCall {
  readonly inputs: Record<string, TensorInfo>;
  readonly attrs: Record<string, unknown>;
}

/** Registers a kernel, instead of the one of that name. */
export function registerOnCard(
  kernelName: string,
  kernel: (call: KernelCall) => TensorInfo | TensorInfo[],
  gradFunc?: GradConfig["gradFunc"],
): void {
  if (tf.getKernel(kernelName, WEBGPU)) tf.unregisterKernel(kernelName, WEBGPU);
  tf.registerKernel({
    kernelName,
    backendName: WEBGPU,
    kernelFunc: ({ inputs, attrs }) =>
      kernel({
        inputs: inputs as Record<string, TensorInfo>,
        attrs: (attrs ?? {}) as Record<string, unknown>,
      }),
  });
  if (gradFunc) gradientOn(WEBGPU, kernelName, gradFunc);
}

/** A tensor on the card, without values yet. */
export function makeOutput(
  shape: readonly number[],
  dtype: "float32" | "int32" = "float32",
): TensorInfo {
  return cardTensors().makeTensorInfo([...shape], dtype);
}

/** Runs with room on the card that is freed at the end. */
export function withRoom<T>(shape: readonly number[], use: (room: TensorInfo) => T): T {
  const room = makeOutput(shape);
  try {
    return use(room);
  } finally {
    cardTensors().disposeData(room.dataId);
  }
}

/** A kernel's output as a tensor of the tape's. */
export function tensorOf({ dataId, shape, dtype }: TensorInfo): Tensor {
  return tf.engine().makeTensorFromDataId(dataId, shape, dtype);
}
