import { lossCurves } from "../../base/report/loss_curves.ts";
import { RunFolderError } from "../../formats/run_folder/run_folder_error.ts";
import { runFolder } from "../../formats/run_folder/run_folder.ts";
import { readStepLog } from "../../formats/run_folder/step_log.ts";
import { ShownPicture } from "./shown_picture.ts";

/**
 * The losses of a run by step, total and terms; also of one that is still training.
 *
 * @param run Its folder, or what `startRun` gave.
 * @throws {RunFolderError} If its log cannot be read, or holds no step yet.
 */
export async function showLosses(run: string | { readonly dir: string }): Promise<ShownPicture> {
  const { log } = runFolder(typeof run === "string" ? run : run.dir);
  const records = await readStepLog(log);
  if (records.length === 0) {
    throw new RunFolderError(`Cannot show losses: ${log} holds no step yet`);
  }
  return ShownPicture.ofSvg(lossCurves(records), `losses of ${records.length} steps`);
}
