import type { LabelMask } from "./case_source.ts";
import { DatasetError } from "./dataset_error.ts";
import { LabelCodeError, toClasses } from "../../../base/task/label_codes.ts";
import type { Task } from "../../../base/task/task.ts";

/**
 * The classes of a label file, or of masks laid over each other.
 *
 * @param values Of the label file, or of each mask.
 * @param masks What the masks mean; empty for a label file.
 * @param path The file, for the message.
 * @throws {DatasetError} If values are none of the codes; all are named.
 */
export function labelClasses(
  values: readonly ArrayLike<number>[],
  masks: readonly LabelMask[],
  task: Task,
  path: string,
): Uint8Array {
  const codes = masks.length === 0 ? values[0]! : composed(values, masks);
  try {
    return toClasses(codes, task, path);
  } catch (cause) {
    if (!(cause instanceof LabelCodeError)) throw cause;
    throw new DatasetError(cause.message, { cause });
  }
}

/** The codes of masks laid over each other in their order; 0 where none is above a half. */
function composed(
  values: readonly ArrayLike<number>[],
  masks: readonly LabelMask[],
): ArrayLike<number> {
  const codes = new Int32Array(values[0]!.length);
  masks.forEach(({ code }, m) => {
    const mask = values[m]!;
    for (let n = 0; n < codes.length; n++) if (mask[n]! > 0.5) codes[n] = code;
  });
  return codes;
}
