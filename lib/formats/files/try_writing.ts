import { join } from "../../base/deps/std.ts";
import { uniqueMark } from "./write_atomically.ts";

/** Finds out whether files can be made in a folder, by one that is removed again; throws if not. */
export async function tryWriting(folder: string): Promise<void> {
  const probe = join(folder, `.${uniqueMark()}.tmp`);
  (await Deno.open(probe, { write: true, createNew: true })).close();
  await Deno.remove(probe);
}
