import { exists } from "../../formats/files/exists.ts";
import type { RunFolder } from "../../formats/run_folder/run_folder.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";

/**
 * The checkpoint by which a run is used: the best, or the last where nothing was validated.
 *
 * @throws {RunFolderError} If there is none yet.
 */
export async function findCheckpoint({ dir, best, last }: RunFolder): Promise<string> {
  for (const path of [best, last]) if (await exists(path)) return path;
  throw new RunFolderError(`Cannot load run ${dir}: it holds no checkpoint yet`);
}
