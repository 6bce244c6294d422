/** The files that a case is read from: what they hold, and where they stand. */
import { resolve } from "../../../base/deps/std.ts";

/** The files of a case and how they are read; with the files' bytes it says what `load` gives. */
export interface CaseFiles {
  /** In the order in which they are read. */
  readonly paths: readonly string[];
  /** Plain data: codes, order, geometry. */
  readonly reading: unknown;
}

/** Where files stand, and since when. */
export interface FilePlaces {
  /** Differs as soon as a path, a length or a time does. */
  readonly stamp: string;
  /** Whether they were last changed long enough ago that another change would show. */
  readonly settled: boolean;
}

/** Milliseconds in which a file may change twice without its times showing it. */
const COARSEST_CLOCK = 2000;

/**
 * SHA-256 of the bytes of a case's files and of how they are read, in hexadecimal; paths and times
 * play no part.
 *
 * @throws {Deno.errors.NotFound} If there is no such file, and other errors of the file system.
 */
export async function contentDigest({ paths, reading }: CaseFiles): Promise<string> {
  const files: string[] = [];
  // One after another, so that one file at a time lies in memory.
  for (const path of paths) files.push(await sha256(await Deno.readFile(path)));
  return await textDigest(JSON.stringify([files, reading]));
}

/**
 * Where a case's files stand.
 *
 * @throws {Deno.errors.NotFound} If there is no such file, and other errors of the file system.
 */
export async function filePlaces({ paths, reading }: CaseFiles): Promise<FilePlaces> {
  let latest = 0;
  const places = paths.map((path) => {
    const { size, mtime, ctime, ino } = Deno.statSync(path);
    const times = [mtime, ctime].map((time) => time?.getTime() ?? 0);
    latest = Math.max(latest, ...times);
    return [resolve(path), size, ino, ...times];
  });
  return {
    stamp: await textDigest(JSON.stringify([places, reading])),
    settled: Math.abs(Date.now() - latest) > COARSEST_CLOCK,
  };
}

/** SHA-256 of a text, in hexadecimal. */
export function textDigest(text: string): Promise<string> {
  return sha256(new TextEncoder().encode(text));
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}
