const taken = Promise.withResolvers<void>();

/**
 * Has a file that grows past the system's limit (`ulimit -f`) be a write that fails, told by its path,
 * where the signal would end the process without a word.
 */
export function failAtFileLimit(): void {
  if (Deno.build.os === "windows") return;
  Deno.addSignalListener("SIGXFSZ", () => taken.resolve());
}

/**
 * Resolves once the signal of a write that failed so has been taken, by the text of its error: Deno
 * hands signals over a moment later, and one that comes while the process ends, when nothing listens
 * any longer, gives it the exit code of the signal (28 of 40 times on a loaded machine).
 */
export async function fileLimitTaken(told: string): Promise<void> {
  if (Deno.build.os === "windows" || !told.includes("File too large")) return;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<void>((resolve) => timer = setTimeout(resolve, 1000));
  await Promise.race([taken.promise, late]);
  clearTimeout(timer);
}
