import { ConfigError } from "../../base/config/config_error.ts";
import type { Task } from "../../base/task/task.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { checkLesionLabels } from "../../learning/evaluation/scored_labels.ts";

/**
 * Holds `evaluation.lesions` to a task, before anything is trained or segmented.
 *
 * @throws {ConfigError} If one is none of its labels or regions.
 */
export function checkLesions(task: Task, lesions: readonly string[]): void {
  try {
    checkLesionLabels(task, lesions);
  } catch (cause) {
    throw new ConfigError("evaluation.lesions", messageOf(cause), { cause });
  }
}
