import { assertEquals, assertStringIncludes, assertThrows } from "../deps.ts";
import { KernelMissingError, startBackend, tf } from "../../wasm/mod.ts";
import { onCpu } from "./cpu_backend.ts";

await startBackend({ threads: 1 });

/** Asks for an operator that tfjs has no WASM kernel of. */
function askForEinsum() {
  return tf.einsum("ij,jk->ik", tf.ones([2, 2]), tf.ones([2, 2]));
}

Deno.test("a missing kernel is an error that names operator and asker", () => {
  const error = assertThrows(askForEinsum, KernelMissingError) as KernelMissingError;
  assertEquals([error.name, error.operator], ["KernelMissingError", "Einsum"]);
  assertStringIncludes(error.asker, "askForEinsum (");
  assertStringIncludes(error.asker, "kernel_missing_error_test.ts:");
  assertStringIncludes(error.message, "Cannot run operator Einsum: the wasm backend has no kernel");
  assertStringIncludes(error.message, `(asked for by ${error.asker})`);
});

Deno.test("a missing kernel names the asker also from deep inside tfjs", () => {
  const askForFft = () => tf.tidy(() => tf.tidy(() => tf.spectral.rfft(tf.ones([4, 8]))));
  const error = assertThrows(askForFft, KernelMissingError) as KernelMissingError;
  assertStringIncludes(error.asker, "kernel_missing_error_test.ts:");
});

Deno.test("another backend's kernels are left alone, also after a second start", async () => {
  const value = () => [...askForEinsum().dataSync()];
  assertEquals(await onCpu(value), [2, 2, 2, 2]);
  await startBackend({ threads: 2 });
  assertThrows(askForEinsum, KernelMissingError, "Einsum");
});
