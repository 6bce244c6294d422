/** What is thrown where an operator has no kernel on the backend. */
import { tf } from "./deps/tfjs.ts";

/** An operator was asked for that the backend has no kernel for. */
export class KernelMissingError extends Error {
  /** Its class by name. */
  override name = "KernelMissingError";
  /** The operator's name in tfjs, as `Einsum`. */
  readonly operator: string;
  /** The function that called tfjs, with file, line and column. */
  readonly asker: string;

  /**
   * Names the operator and its caller.
   *
   * @param backend The name of the backend that has no kernel.
   */
  constructor(operator: string, asker: string, backend = "wasm") {
    super(
      `Cannot run operator ${operator}: the ${backend} backend has no kernel for it ` +
        `(asked for by ${asker})`,
    );
    this.operator = operator;
    this.asker = asker;
  }
}

let naming = false;

/** From now on a missing kernel of `wasm` or `webgpu` throws {@linkcode KernelMissingError}. */
export function nameMissingKernels(): void {
  if (naming) return;
  naming = true;
  const engine = tf.engine();
  const runKernel = engine.runKernel;
  engine.runKernel = function (name, ...rest) {
    const { backendName } = engine;
    const named = backendName === "wasm" || backendName === "webgpu";
    if (named && !tf.getKernel(name, backendName)) {
      throw new KernelMissingError(name, findAsker(), backendName);
    }
    return runKernel.call(engine, name, ...rest) as never;
  };
}

/** The innermost caller that is neither tfjs nor this module. */
function findAsker(): string {
  const limit = Error.stackTraceLimit;
  // tfjs puts several frames of its own on the stack for each operator.
  Error.stackTraceLimit = 60;
  const frames = new Error().stack!.split("\n").slice(1);
  Error.stackTraceLimit = limit;
  const asker = frames.find((frame) =>
    !frame.includes("/@tensorflow/") && !frame.includes(import.meta.url)
  );
  return asker?.trim().replace(/^at /, "") ?? "an unknown function";
}
