import { join } from "../../../base/deps/std.ts";
import { WriteError } from "../../../formats/files/write_atomically.ts";
import { StudyError } from "../plan/study_error.ts";

/**
 * Holds a study for this process, so that no second one runs its jobs at the same time. The system
 * lets go of it when the process ends, however it ends; the hidden file stays.
 *
 * @param dir The study's folder, which must be there.
 * @throws {StudyError} If another process, or another call of this one, holds it.
 * @throws {WriteError} If the disk refuses the hidden file.
 */
export async function lockStudy(dir: string): Promise<Disposable> {
  const path = join(dir, ".lock");
  const file = await Deno.open(path, { create: true, write: true }).catch((cause) => {
    throw new WriteError(path, { cause });
  });
  if (!await file.tryLock(true)) {
    file.close();
    throw new StudyError(`Cannot run the study in ${dir}: another process is running it`);
  }
  return file;
}
