/** `versions.json`: which versions of the code trained a run, and from which step on. */
import { z } from "../../base/deps/zod.ts";
import { exists } from "../files/exists.ts";
import { readJson } from "../files/read_json.ts";
import { writeAtomically } from "../files/write_atomically.ts";
import { RunFolderError } from "./run_folder_error.ts";

/** Version of the file. */
const FORMAT = 1;

const versionFields = {
  /** The version of Tandem, as `deno.json` has it. */
  tandem: z.string(),
  /** The commit that was checked out; null where the code is no checkout of git. */
  commit: z.string().nullable(),
  /** A digest of the files that decide a run's numbers; null where they cannot be read. */
  sources: z.string().nullable(),
  /** The URL that the code was imported by; null where it lies in a folder. */
  origin: z.string().nullable(),
  /** The version of Deno. */
  deno: z.string(),
};

const sittingSchema = z.object({ ...versionFields, firstStep: z.int().min(0) }).readonly();

const versionsSchema = z.object({
  format: z.literal(FORMAT),
  sittings: z.array(sittingSchema).readonly(),
});

/** What code trains a run. */
export type CodeVersion = Omit<z.infer<typeof sittingSchema>, "firstStep">;

/** The code that trained from a step on; `firstStep` counts the steps before. */
export type VersionSitting = z.infer<typeof sittingSchema>;

/** Writes the versions as JSON, atomically; throws WriteError if the disk refuses. */
export async function saveVersions(
  path: string,
  sittings: readonly VersionSitting[],
): Promise<void> {
  await writeAtomically(path, JSON.stringify({ format: FORMAT, sittings }, null, 2) + "\n");
}

/**
 * Reads the versions that trained a run; undefined where none were recorded, as in older runs.
 *
 * @throws {RunFolderError} If the file cannot be read; the message names the key.
 */
export async function readVersions(path: string): Promise<readonly VersionSitting[] | undefined> {
  if (!await exists(path)) return undefined;
  return (await readJson(path, versionsSchema, RunFolderError)).sittings;
}

/** Whether two give the same numbers, as far as can be told. */
export function isSameVersion(one: CodeVersion, other: CodeVersion): boolean {
  if (one.tandem !== other.tandem || one.deno !== other.deno) return false;
  if (one.sources !== null && other.sources !== null) return one.sources === other.sources;
  return one.commit === other.commit && one.origin === other.origin;
}

/** A version as a person reads it: `Tandem 0.1.0 (commit fd01cf9, sources 3b1f0a2c), Deno 2.9.6`. */
export function versionText({ tandem, commit, sources, origin, deno }: CodeVersion): string {
  const parts = [
    ...commit === null ? [] : [`commit ${commit.slice(0, 7)}`],
    ...sources === null ? [] : [`sources ${sources.slice(0, 8)}`],
    ...origin === null ? [] : [origin],
  ];
  return `Tandem ${tandem}${parts.length === 0 ? "" : ` (${parts.join(", ")})`}, Deno ${deno}`;
}
