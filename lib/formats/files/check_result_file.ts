import { checkOutputs, type PlannedOutputs } from "./check_outputs.ts";
import { OutputPathError } from "./output_path_error.ts";

/**
 * Fails, before hours of work, where the result could not be written to a JSON file as wanted.
 *
 * @throws {OutputPathError} If the name does not end in `.json`, or as {@linkcode checkOutputs}.
 * @throws {WriteError} If its folder can be neither written to nor made.
 */
export async function checkResultFile(
  path: string,
  { inputs, overwrite }: Omit<PlannedOutputs, "outputs">,
): Promise<void> {
  if (!/\.json$/i.test(path)) {
    throw new OutputPathError(`Cannot write ${path}: wanted a name in .json`);
  }
  await checkOutputs({ outputs: [path], inputs, overwrite });
}
