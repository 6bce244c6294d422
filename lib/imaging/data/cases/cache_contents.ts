import { join } from "../../../base/deps/std.ts";
import { ENTRY_SUFFIX, NOTE_SUFFIX, TEXT_SUFFIX } from "./prepared_cache.ts";

/** What a cache of prepared cases holds. */
export interface CacheContents {
  /** The folder that was looked into. */
  readonly dir: string;
  /** Prepared cases. */
  readonly entries: number;
  /** Bytes of all its files, notes included. */
  readonly bytes: number;
}

/** Which files of a cache to remove. */
export interface ClearCacheOptions {
  /** Only what was last used before so many days; absent: all. */
  readonly olderThan?: number;
}

const MILLISECONDS_A_DAY = 24 * 60 * 60 * 1000;

/** Hours after which what a killed write has left is nobody's any more. */
const STALE_HOURS = 24;

/**
 * What lies in a cache; a folder that is not there holds nothing.
 *
 * @throws {Deno.errors.NotADirectory} If the path is no folder, and other errors of the file system.
 */
export async function readCacheContents(dir: string): Promise<CacheContents> {
  let [entries, bytes] = [0, 0];
  for (const { path, size } of await cacheFiles(dir)) {
    if (path.endsWith(ENTRY_SUFFIX)) entries++;
    bytes += size;
  }
  return { dir, entries, bytes };
}

/**
 * Removes prepared cases, and notes of files; other files of the folder stay. A run that uses them
 * prepares them again.
 *
 * @returns What was removed.
 * @throws {RangeError} If `olderThan` is no number of 0 or more.
 */
export async function clearCache(
  dir: string,
  { olderThan }: ClearCacheOptions = {},
): Promise<CacheContents> {
  if (olderThan !== undefined && !(olderThan >= 0)) {
    throw new RangeError(`Cannot clear what is older than ${olderThan} days, wanted 0 or more`);
  }
  const now = Date.now();
  let [entries, bytes] = [0, 0];
  for (const { path, size, used } of await cacheFiles(dir)) {
    const days = path.endsWith(".tmp") ? STALE_HOURS / 24 : olderThan;
    if (days !== undefined && now - used < days * MILLISECONDS_A_DAY) continue;
    await Deno.remove(path).catch((error) => {
      // Another process may clear it too.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
    if (path.endsWith(ENTRY_SUFFIX)) entries++;
    bytes += size;
  }
  return { dir, entries, bytes };
}

interface CacheFile {
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly used: number;
}

/** The files that a cache has written, and no other. */
async function cacheFiles(dir: string): Promise<CacheFile[]> {
  const digest = "[0-9a-f]{64}", suffix = `(\\${ENTRY_SUFFIX}|\\${NOTE_SUFFIX}|\\${TEXT_SUFFIX})`;
  // earlier versions marked passing files by 36 characters
  const mark = "([0-9a-f-]{36}|\\d+-[0-9a-f]{8})";
  const own = new RegExp(`^(${digest}${suffix}|\\.${digest}${suffix}\\.${mark}\\.tmp)$`);
  const files: CacheFile[] = [];
  try {
    for await (const { name, isFile } of Deno.readDir(dir)) {
      if (!isFile || !own.test(name)) continue;
      const path = join(dir, name);
      // one that is just being written takes its name meanwhile
      const info = await Deno.stat(path).catch((error) => {
        if (error instanceof Deno.errors.NotFound) return undefined;
        throw error;
      });
      if (info === undefined) continue;
      const { size, mtime } = info;
      files.push({ path, size, used: mtime?.getTime() ?? 0 });
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return files;
}
