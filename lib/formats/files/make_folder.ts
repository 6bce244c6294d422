import { dirname, resolve } from "../../base/deps/std.ts";
import { WriteError } from "./write_atomically.ts";

/**
 * Makes a folder and those above it.
 *
 * @returns Whether it is new; of several processes that ask at once, one is told so.
 * @throws {WriteError} If it cannot be made.
 */
export async function makeFolder(dir: string): Promise<boolean> {
  try {
    await Deno.mkdir(dirname(resolve(dir)), { recursive: true });
    await Deno.mkdir(dir);
    return true;
  } catch (cause) {
    const info = await Deno.stat(dir).catch(() => undefined);
    if (cause instanceof Deno.errors.AlreadyExists && info?.isDirectory) return false;
    throw new WriteError(dir, { cause });
  }
}
