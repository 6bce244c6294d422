/** `contents.json`: by what the voxels of a run's cases are known again, wherever they lie. */
import { z } from "../../base/deps/zod.ts";
import { exists } from "../files/exists.ts";
import { readJson } from "../files/read_json.ts";
import { writeAtomically } from "../files/write_atomically.ts";
import { RunFolderError } from "./run_folder_error.ts";
import { versioned } from "./versioned.ts";

/** Version of the file. */
const FORMAT = 1;

const contentSchema = z.object({
  id: z.string(),
  subject: z.string(),
  part: z.enum(["train", "validation", "test"]),
  image: z.string(),
}).readonly();

const contentsSchema = versioned(FORMAT, { cases: z.array(contentSchema).readonly() });

/** A case of a run, known by its voxels. */
export interface KnownContent {
  /** The case, by its name in the run's data set. */
  readonly id: string;
  /** The subject, by its name there. */
  readonly subject: string;
  /** What the run has the case for. */
  readonly part: "train" | "validation" | "test";
  /** A hash of its images' voxels; see `imageContent`. */
  readonly image: string;
}

/** Writes the contents of a run's cases as JSON, atomically; throws WriteError if the disk refuses. */
export async function saveContents(path: string, cases: readonly KnownContent[]): Promise<void> {
  await writeAtomically(path, JSON.stringify({ format: FORMAT, cases }, null, 1) + "\n");
}

/**
 * Reads the contents of a run's cases; undefined where a run kept none.
 *
 * @throws {RunFolderError} If the file cannot be read; the message names the key.
 */
export async function readContents(path: string): Promise<readonly KnownContent[] | undefined> {
  if (!await exists(path)) return undefined;
  return (await readJson(path, contentsSchema, RunFolderError)).cases;
}
