import { basename, dirname, join, resolve } from "../../base/deps/std.ts";

/**
 * Where a path leads once links are followed, whether there is anything yet or not: the real path of
 * the part that exists, then the rest.
 */
export async function realPlace(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    return await Deno.realPath(absolute);
  } catch (error) {
    const { NotADirectory, NotFound } = Deno.errors;
    const isMissing = error instanceof NotFound || error instanceof NotADirectory;
    if (!isMissing || dirname(absolute) === absolute) throw error;
    return join(await realPlace(dirname(absolute)), basename(absolute));
  }
}
