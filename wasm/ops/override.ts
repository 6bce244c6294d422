/** Registration with tfjs on the `wasm` backend, in place of a stock kernel where there is one. */
import { tf } from "../deps/tfjs.ts";
import type { GradConfig, KernelConfig, TensorInfo } from "../deps/tfjs.ts";

/** What a kernel of ours is called with. */
export interface KernelCall {
  readonly inputs: Record<string, TensorInfo>;
  readonly attrs: Record<string, unknown>;
}

/**
 * Registers a kernel, instead of the stock one of that name.
 *
 * @param setUp Is called with each backend that starts; a stock kernel that is still called needs
 * its own.
 */
export function overrideKernel(
  kernelName: string,
  kernel: (call: KernelCall) => TensorInfo | TensorInfo[],
  setUp?: KernelConfig["setupFunc"],
): void {
  if (tf.getKernel(kernelName, "wasm")) tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    ...(setUp && { setupFunc: setUp }),
    kernelFunc: ({ inputs, attrs }) =>
      kernel({
        inputs: inputs as Record<string, TensorInfo>,
        attrs: (attrs ?? {}) as Record<string, unknown>,
      }),
  });
}

/** Gradient functions of other backends, by backend and kernel. */
const elsewhere = new Map<string, GradConfig["gradFunc"]>();

/**
 * Registers a gradient, instead of the one of that name if there is one. Gradients are tfjs's by name
 * alone: on another backend the one that {@linkcode gradientOn} gave goes in its place.
 */
export function overrideGradient(config: GradConfig): void {
  if (tf.getGradient(config.kernelName)) tf.unregisterGradient(config.kernelName);
  const { kernelName, gradFunc } = config;
  tf.registerGradient({
    ...config,
    gradFunc: (dy, saved, attrs) =>
      (elsewhere.get(`${tf.getBackend()} ${kernelName}`) ?? gradFunc)(dy, saved, attrs),
  });
}

/** The gradient of a kernel of Tandem on another backend: what it is given is saved alike. */
export function gradientOn(
  backendName: string,
  kernelName: string,
  gradFunc: GradConfig["gradFunc"],
): void {
  elsewhere.set(`${backendName} ${kernelName}`, gradFunc);
}
