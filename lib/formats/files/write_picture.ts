import { dirname } from "../../base/deps/std.ts";
import { writeAtomically, WriteError } from "./write_atomically.ts";

/** Writes a picture, making its folder; throws WriteError if the disk refuses. */
export async function writePicture(path: string, png: Uint8Array): Promise<void> {
  try {
    await Deno.mkdir(dirname(path), { recursive: true });
  } catch (cause) {
    throw new WriteError(path, { cause });
  }
  await writeAtomically(path, png);
}
