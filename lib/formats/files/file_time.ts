import { join } from "../../base/deps/std.ts";
import { uniqueMark } from "./write_atomically.ts";

/**
 * What time it is by the clock that files of a folder have their times from, in milliseconds since 1970:
 * a file server's clock and those of its machines may be minutes apart. This machine's own where nothing
 * can be written.
 */
export async function fileTime(dir: string): Promise<number> {
  const path = join(dir, `.time.${uniqueMark()}.tmp`);
  try {
    (await Deno.open(path, { createNew: true, write: true })).close();
    try {
      return (await Deno.stat(path)).mtime?.getTime() ?? Date.now();
    } finally {
      await Deno.remove(path);
    }
  } catch {
    return Date.now();
  }
}
