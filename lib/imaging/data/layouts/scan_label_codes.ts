/** Which codes label files hold, where nothing else says it. */
import { DatasetError } from "../cases/dataset_error.ts";
import { MOST_LABELS } from "../../../base/task/task.ts";
import { messageOf } from "../../../base/text/message_of.ts";
import { NiftiError } from "../../../formats/nifti/nifti_error.ts";
import { readNifti } from "../../../formats/nifti/read_nifti.ts";

/**
 * The values of label files, 0 first and the others ascending; 0 is among them in any case.
 *
 * @param onProblem Is told of files that cannot be used, which are then passed over, in place of an
 * error.
 * @throws {DatasetError} If a file holds values that are no whole numbers, or more of them than a task
 * can have; or only background; or cannot be opened.
 * @throws {NiftiError} If a file is no readable NIfTI.
 */
export async function scanLabelCodes(
  paths: readonly string[],
  onProblem?: (problem: string) => void,
): Promise<number[]> {
  const found = new Set<number>();
  for (const path of paths) {
    try {
      await scanFile(path, found);
    } catch (error) {
      if (onProblem === undefined) throw error;
      onProblem(messageOf(error));
    }
  }
  found.delete(0);
  if (found.size === 0) {
    throw new DatasetError(
      `Cannot use ${paths.length} label files (${paths[0]}): all hold background only`,
    );
  }
  return [0, ...[...found].sort((a, b) => a - b)];
}

async function labelOf(path: string) {
  try {
    return (await readNifti(path)).volume;
  } catch (cause) {
    if (cause instanceof NiftiError) throw cause;
    throw new DatasetError(`Cannot open ${path}: ${messageOf(cause)}`, { cause });
  }
}

/** Adds the codes of a file to those found. */
async function scanFile(path: string, found: Set<number>): Promise<void> {
  const { data } = await labelOf(path);
  const own = new Set<number>();
  let last = NaN;
  for (const value of data) {
    if (value === last) continue;
    last = value;
    const whole = Math.round(value);
    if (!(Math.abs(value - whole) <= 1e-3)) {
      throw new DatasetError(
        `Cannot use ${path}: it holds ${value}, wanted whole numbers as codes of labels`,
      );
    }
    if (own.has(whole)) continue;
    own.add(whole);
    if (found.union(own).size > MOST_LABELS) {
      throw new DatasetError(
        `Cannot use ${path}: with it the labels have more than ${MOST_LABELS} codes; is it an image?`,
      );
    }
  }
  own.forEach((code) => found.add(code));
}
