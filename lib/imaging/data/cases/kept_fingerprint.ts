import { parseJson } from "../../../base/text/parse_json.ts";
import {
  type Fingerprint,
  FINGERPRINT_VERSION,
  fingerprintCases,
  type FingerprintOptions,
  fingerprintSchema,
  takeFingerprint,
} from "../preparation/fingerprint.ts";
import { contentDigest, textDigest } from "./case_files.ts";
import type { CaseSource } from "./case_source.ts";
import { DatasetError } from "./dataset_error.ts";
import type { PreparedCache } from "./prepared_cache.ts";

/**
 * The fingerprint of training volumes, from the cache where it was taken of files of the same bytes
 * before.
 *
 * @throws {RangeError | DatasetError | NiftiError} As {@linkcode takeFingerprint}.
 */
export async function fingerprintThrough(
  cache: PreparedCache | undefined,
  cases: readonly CaseSource[],
  how: FingerprintOptions = {},
): Promise<Fingerprint> {
  const name = cache && await nameOf(cases, how);
  const kept = name && await cache!.text(name);
  if (kept) {
    try {
      return parseJson(kept, fingerprintSchema, name, DatasetError);
    } catch {
      // A damaged one is taken anew.
    }
  }
  const fingerprint = await takeFingerprint(cases, how);
  if (name) await cache!.keepText(name, JSON.stringify(fingerprint));
  return fingerprint;
}

/** What decides how it comes out; undefined where that is not files alone. */
async function nameOf(
  cases: readonly CaseSource[],
  { sliceAxis, sliceDirection }: FingerprintOptions,
): Promise<string | undefined> {
  const contents: unknown[] = [];
  try {
    for (const { load, orientation } of fingerprintCases(cases)) {
      if (load.files === undefined) return undefined;
      contents.push([await contentDigest(load.files), orientation ?? null]);
    }
  } catch {
    // Loading tells what is wrong with a file.
    return undefined;
  }
  return await textDigest(
    JSON.stringify([FINGERPRINT_VERSION, sliceAxis, sliceDirection, contents]),
  );
}
