import { dirname } from "../../base/deps/std.ts";
import { checkOutputs } from "./check_outputs.ts";
import { makeFolder } from "./make_folder.ts";
import { OutputPathError } from "./output_path_error.ts";
import { removeLeft } from "./remove_left.ts";
import { writeAtomically } from "./write_atomically.ts";

/**
 * Fails, before it is drawn, where a picture cannot be written to a file that a person has named.
 *
 * @throws {OutputPathError} If it is no name in `.png`, or exists and is not to be replaced.
 * @throws {WriteError} If its folder can be neither written to nor made.
 */
export async function checkPicture(path: string, overwrite: boolean): Promise<void> {
  if (!/\.png$/i.test(path)) {
    throw new OutputPathError(`Cannot write ${path}: wanted a name in .png`);
  }
  await checkOutputs({ outputs: [path], inputs: [], overwrite });
}

/** Writes a picture, making its folder; throws WriteError if the disk refuses. */
export async function writePicture(path: string, png: Uint8Array): Promise<void> {
  await makeFolder(dirname(path));
  await removeLeft(dirname(path));
  await writeAtomically(path, png);
}
