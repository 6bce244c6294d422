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
    // the folder first: who may write to it alone may not ask for those above it
    await Deno.mkdir(dir).catch(async (error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
      await Deno.mkdir(dirname(resolve(dir)), { recursive: true });
      await Deno.mkdir(dir);
    });
    return true;
  } catch (cause) {
    const info = await Deno.stat(dir).catch(() => undefined);
    if (cause instanceof Deno.errors.AlreadyExists && info?.isDirectory) return false;
    throw new WriteError(dir, { cause });
  }
}
