/**
 * Starts the backend with so many threads; null = all cores. It is loaded when it is needed.
 *
 * @throws {RangeError} If there are not 1 to 64.
 */
export async function startThreads(threads: number | null): Promise<void> {
  const { startBackend } = await import("../../../wasm/mod.ts");
  await startBackend(threads === null ? {} : { threads });
}
