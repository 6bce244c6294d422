/**
 * Runs a module of this folder in a process of its own.
 *
 * @returns The JSON that its last line holds.
 * @throws {Error} If it fails: with the line that says why.
 */
export async function runModule<T>(module: string, args: readonly string[]): Promise<T> {
  const { success, code, signal, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", new URL(module, import.meta.url).href, ...args],
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  if (success) return JSON.parse(text(stdout).split("\n").at(-1)!) as T;
  const why = text(stderr).split("\n").find((line) => line.startsWith("error:"));
  throw new Error(why ?? `${module} ended with ${signal ?? `code ${code}`}`);
}
