import { join } from "../../../base/deps/std.ts";
import { statOf } from "../layouts/folder_entries.ts";

/** Folders below the one that is asked for, at most, as deep as any layout goes. */
const DEPTH = 5;

/** Names that are told at most; the others are counted. */
const TOLD = 5;

/**
 * A line about the names in a folder, and in those below it, that are no UTF-8: the system gives names
 * in bytes, and those that are no text cannot be asked for. Undefined where there are none.
 */
export async function lostNames(dir: string): Promise<string | undefined> {
  const lost = (await namesIn(dir, DEPTH)).sort();
  if (lost.length === 0) return undefined;
  const told = lost.slice(0, TOLD).map((path) => path.replaceAll("\ufffd", "\\ufffd"));
  const more = lost.length - told.length;
  return `passed over ${told.join(", ")}${more > 0 ? ` and ${more} more` : ""}: ` +
    `${lost.length === 1 ? "its name is" : "their names are"} no UTF-8`;
}

async function namesIn(dir: string, depth: number): Promise<string[]> {
  const lost: string[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(dir)) {
      if (name.startsWith(".")) continue;
      const path = join(dir, name);
      // what is really called so can be opened
      if (name.includes("\ufffd") && await statOf(path) === undefined) lost.push(path);
      else if (isDirectory && depth > 0) lost.push(...await namesIn(path, depth - 1));
    }
  } catch { /* what cannot be read is told by who has to read it */ }
  return lost;
}
