import { relative } from "../../base/deps/std.ts";
import { realPlace } from "../../formats/files/real_place.ts";
import { runFolder } from "../../formats/run_folder/run_folder.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";

/**
 * Holds what a page reads of a run to a folder: whoever made the run may have put links into it.
 *
 * @param dir The run's folder.
 * @param root What all of its files must lie in.
 * @throws {RunFolderError} If a file leads elsewhere.
 */
export async function assertConfined(dir: string, root: string): Promise<void> {
  const home = await realPlace(root);
  const { config, data, log, metrics, last, best, evaluation, postprocessing, hardExamples } =
    runFolder(dir);
  const read = [config, data, log, metrics, last, best, evaluation, postprocessing, hardExamples];
  for (const path of [dir, ...read]) {
    const place = await realPlace(path);
    if (!/^\.\.([\\/]|$)/.test(relative(home, place))) continue;
    throw new RunFolderError(`Cannot show ${path}: it leads to ${place}, outside of ${root}`);
  }
}
