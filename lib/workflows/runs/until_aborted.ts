/** Whether work came to its end before it was called off; what is left of it goes on unheard. */
export async function untilAborted(work: Promise<void>, signal: AbortSignal): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<false>();
  const abort = () => resolve(false);
  signal.addEventListener("abort", abort, { once: true });
  // where it is called off, nobody hears that it failed
  work.catch(() => {});
  try {
    if (signal.aborted) return false;
    return await Promise.race([work.then(() => true as const), promise]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
