import { translateTask } from "../../../base/task/translate_task.ts";
import type { Task } from "../../../base/task/task.ts";
import type { OpenDatasetOptions } from "../layouts/layout.ts";
import type { Dataset, FileCase } from "./case_source.ts";
import { type LayoutChoice, openDataset } from "./open_dataset.ts";

/**
 * Opens a data set as a run sees it: its labels are the classes of the run's task and its channels in
 * the run's order, by name, whatever codes and order the data set has. What the data set lacks is among
 * its notices. Where it names no labels, as a bare list, its codes are the run's.
 *
 * @throws {RangeError | DatasetError} As `openDataset`.
 * @throws {TaskMismatchError} If it has labels or channels that the run does not know; all are named.
 */
export async function openThroughTask(
  path: string,
  layout: LayoutChoice,
  run: Task,
  options: Omit<OpenDatasetOptions, "channels" | "fallback"> = {},
): Promise<Dataset<FileCase>> {
  const own = await openDataset(path, layout, { ...options, fallback: run });
  const { task, channels, lacking } = translateTask(run, own.task, path);
  const seen = await openDataset(path, layout, { ...options, task, channels });
  // with a task that is given, the second opening has nothing to say of how labels are named
  const notices = [...new Set([...own.notices, ...seen.notices])];
  if (lacking.length === 0) return { ...seen, notices };
  const notice = `${path} has no label for ${lacking.join(", ")}: left out of its scores`;
  return { ...seen, notices: [...notices, notice] };
}
