/**
 * Node's zlib, which Deno has too and a browser has not. It is asked for when it is wanted, so that a
 * bundle for a browser holds no import that nobody there can follow.
 *
 * @throws {Error} Where there is none.
 */
export function zlib(): typeof import("node:zlib") {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  const found = process?.getBuiltinModule?.("zlib");
  if (found === undefined) {
    throw new Error("Cannot inflate gzip: there is no zlib here; use DecompressionStream before");
  }
  return found as ReturnType<typeof zlib>;
}
