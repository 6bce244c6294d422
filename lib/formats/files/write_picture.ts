import { dirname } from "../../base/deps/std.ts";
import { makeFolder } from "./make_folder.ts";
import { removeLeft } from "./remove_left.ts";
import { writeAtomically } from "./write_atomically.ts";

/** Writes a picture, making its folder; throws WriteError if the disk refuses. */
export async function writePicture(path: string, png: Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  await removeLeft(dirname(path));
  await writeAtomically(path, png);
}
