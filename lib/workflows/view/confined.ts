import { join, relative } from "../../base/deps/std.ts";
import { exists } from "../../formats/files/exists.ts";
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
  for (const path of [dir, ...read, ...await linksIn(hardExamples)]) {
    const place = await realPlace(path);
    if (!/^\.\.([\\/]|$)/.test(relative(home, place))) continue;
    throw new RunFolderError(`Cannot show ${path}: it leads to ${place}, outside of ${root}`);
  }
}

async function linksIn(dir: string): Promise<string[]> {
  const links: string[] = [];
  if (!await exists(dir)) return links;
  for await (const { name, isSymlink } of Deno.readDir(dir)) {
    if (isSymlink) links.push(join(dir, name));
  }
  return links;
}
