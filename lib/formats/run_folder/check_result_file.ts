import { checkOutputs, type PlannedOutputs } from "../files/check_outputs.ts";
import { resolve } from "../../base/deps/std.ts";
import { runFolder } from "./run_folder.ts";
import { OutputPathError } from "../files/output_path_error.ts";
import { realPlace } from "../files/real_place.ts";

/** What a result is made from, and whether it may replace another. */
export interface PlannedResult extends Omit<PlannedOutputs, "outputs"> {
  /** Folders of runs that it is made from, none of whose own files it replaces. */
  readonly runs?: readonly string[];
}

/**
 * Fails, before hours of work, where the result could not be written to a JSON file as wanted.
 *
 * @throws {OutputPathError} If the name does not end in `.json`, is that of a run's own file, or as {@linkcode checkOutputs}.
 * @throws {WriteError} If its folder can be neither written to nor made.
 */
export async function checkResultFile(
  path: string,
  { inputs, runs = [], overwrite }: PlannedResult,
): Promise<void> {
  if (!/\.json$/i.test(path)) {
    throw new OutputPathError(`Cannot write ${path}: wanted a name in .json`);
  }
  const ofRuns = runs.flatMap((run) => {
    const { dir: _, ...files } = runFolder(run);
    return Object.values(files);
  });
  const place = await realPlace(path).catch(() => resolve(path));
  for (const own of ofRuns) {
    // also one that is not there yet: a run with an evaluation counts as done
    if (await realPlace(own).catch(() => resolve(own)) !== place) continue;
    throw new OutputPathError(`Cannot write ${path}: it is a file of the run's own`);
  }
  await checkOutputs({ outputs: [path], inputs: [...inputs, ...ofRuns], overwrite });
}
