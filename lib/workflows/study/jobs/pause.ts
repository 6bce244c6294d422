/** Waits for some milliseconds, or until it is called off. */
export async function pause(milliseconds: number, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds), end = () => resolve();
  stop.addEventListener("abort", end, { once: true });
  await promise;
  clearTimeout(timer);
  stop.removeEventListener("abort", end);
}
