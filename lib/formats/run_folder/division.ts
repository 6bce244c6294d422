import { z } from "../../base/deps/zod.ts";
import { readJson } from "../files/read_json.ts";
import { RunFolderError } from "./run_folder_error.ts";

const subjects = z.array(z.string()).readonly();

/** What of `division.json` is read again: the subjects by what they are for. */
const divisionSchema = z.object({ train: subjects, validation: subjects, test: subjects })
  .readonly();

/** The subjects of a run. */
export type SavedDivision = z.infer<typeof divisionSchema>;

/**
 * Which subjects a run trains, validates and tests on.
 *
 * @throws {RunFolderError} If the file cannot be read; the message names the key.
 */
export function readDivision(path: string): Promise<SavedDivision> {
  return readJson(path, divisionSchema, RunFolderError);
}
