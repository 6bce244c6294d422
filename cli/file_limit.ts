/**
 * Has a file that grows past the system's limit (`ulimit -f`) be a write that fails, told by its path,
 * where the signal would end the process without a word.
 */
export function failAtFileLimit(): void {
  if (Deno.build.os === "windows") return;
  Deno.addSignalListener("SIGXFSZ", () => {});
}
