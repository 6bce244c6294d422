import { ClaimError } from "../../../formats/files/claim.ts";
import { claimFolder } from "../../../formats/files/claim_folder.ts";
import { StudyError } from "../plan/study_error.ts";

/**
 * Holds a study for this process, so that no second one plans it or runs all of its jobs at the same
 * time, until it is disposed of; single runs are held by themselves. What a killed process holds is taken over; see `claim`.
 *
 * @param dir The study's folder, which must be there.
 * @param onNotice Is told of what was taken over.
 * @throws {StudyError} If another process, or another call of this one, holds it.
 * @throws {WriteError} If the disk refuses the hidden file.
 */
export async function lockStudy(
  dir: string,
  onNotice?: (line: string) => void,
): Promise<Disposable> {
  try {
    const below = ["runs"], shared = true;
    return await claimFolder(dir, { task: `run the study in ${dir}`, onNotice, below, shared });
  } catch (cause) {
    if (!(cause instanceof ClaimError)) throw cause;
    throw new StudyError(cause.message, { cause });
  }
}
