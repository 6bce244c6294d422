/** ONNX models, run by onnxruntime-web on one thread, so that the bits are the same each time. */
import { messageOf } from "../../../base/text/message_of.ts";
import { OnnxError } from "../../../formats/onnx/onnx_error.ts";

/** Not written out in `import()`, or Deno would fetch the runtime before anything runs: 130 MB. */
const RUNTIME = "../../../base/deps/onnxruntime.ts";

/** Numbers with the sides of their array, the last running fastest. */
export interface Sheet {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** A file beside a model that holds weights, by the name that the model has for it. */
export interface ExternalData {
  readonly path: string;
  readonly data: Uint8Array;
}

/** An opened model. */
export interface OnnxSession {
  /** One value in, one out, by their names. */
  run(input: string, sheet: Sheet, output: string): Promise<Sheet>;
}

/**
 * Opens a model. The runtime is loaded by the first call.
 *
 * @param name What errors call it.
 * @throws {OnnxError} If the runtime cannot run it.
 */
export async function openOnnx(
  bytes: Uint8Array,
  name: string,
  externalData: readonly ExternalData[] = [],
): Promise<OnnxSession> {
  const { env, InferenceSession, Tensor } = await import(
    RUNTIME
  ) as typeof import("../../../base/deps/onnxruntime.ts");
  env.wasm.numThreads = 1;
  const failed = (cause: unknown) =>
    new OnnxError(`Cannot run ${name}: ${messageOf(cause)}`, { cause });
  let session: Awaited<ReturnType<typeof InferenceSession.create>>;
  try {
    session = await InferenceSession.create(bytes, {
      executionProviders: ["wasm"],
      ...externalData.length > 0 && { externalData: [...externalData] },
    });
  } catch (cause) {
    throw failed(cause);
  }
  return {
    async run(input, { data, shape }, output) {
      try {
        const made = await session.run({ [input]: new Tensor("float32", data, [...shape]) }, [
          output,
        ]);
        const found = made[output]!;
        if (!(found.data instanceof Float32Array)) {
          throw new TypeError(`${output} is of type ${found.type}, wanted float32`);
        }
        return { data: found.data, shape: found.dims };
      } catch (cause) {
        throw failed(cause);
      }
    },
  };
}
