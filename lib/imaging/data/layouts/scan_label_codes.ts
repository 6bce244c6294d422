/** Which codes label files hold, where nothing else says it. */
import { DatasetError } from "../cases/dataset_error.ts";
import { MOST_LABELS } from "../../../base/task/task.ts";
import { readNifti } from "../../../formats/nifti/read_nifti.ts";

/**
 * The values of label files, 0 first and the others ascending; 0 is among them in any case.
 *
 * @throws {DatasetError} If a file holds values that are no whole numbers, or more of them than a task
 * can have; or only background.
 * @throws {NiftiError} If a file is no readable NIfTI.
 */
export async function scanLabelCodes(paths: readonly string[]): Promise<number[]> {
  const found = new Set<number>();
  for (const path of paths) {
    const { data } = (await readNifti(path)).volume;
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
      found.add(whole);
      if (found.size > MOST_LABELS) {
        throw new DatasetError(
          `Cannot use ${path}: with it the labels have more than ${MOST_LABELS} codes; is it an image?`,
        );
      }
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
