import { join } from "../../base/deps/std.ts";
import { fileTime } from "./file_time.ts";
import { isDead } from "./is_dead.ts";
import { tryLock } from "./try_lock.ts";
import { writerOf } from "./write_atomically.ts";

/** Milliseconds after which nobody writes a passing file any more. */
const LEASE = 600_000;

/**
 * Milliseconds after which one that seems to be left is: another machine's, where the file system keeps
 * locks on each machine by itself, is known by what it has just written alone.
 */
const GRACE = 60_000;

/** Who else may write in a folder. */
export interface RemoveLeftOptions {
  /** Whether processes of other machines do: then what was written a moment ago stays. */
  readonly shared?: boolean;
}

/**
 * Removes passing files that killed processes have left in a folder in which others may write: those
 * whose process is gone and that nobody has locked, and those of more than ten minutes ago. A folder
 * that cannot be read keeps what it has.
 */
export async function removeLeft(
  dir: string,
  { shared = false }: RemoveLeftOptions = {},
): Promise<void> {
  let now: number | undefined;
  try {
    for await (const { name, isFile } of Deno.readDir(dir)) {
      const pid = isFile ? writerOf(name) : undefined;
      if (pid === undefined) continue;
      const path = join(dir, name);
      now ??= await fileTime(dir);
      if (await isLeft(path, pid, now, shared ? GRACE : 0)) await Deno.remove(path);
    }
  } catch { /* it is no business of the command at hand */ }
}

async function isLeft(path: string, pid: number, now: number, grace: number): Promise<boolean> {
  const { mtime } = await Deno.stat(path);
  const age = mtime === null ? Infinity : now - mtime.getTime();
  if (mtime !== null && age > LEASE) return true;
  if (age < grace) return false;
  if (pid === Deno.pid || !await isDead(pid)) return false;
  // the number may be another machine's, which then holds the lock
  using file = await Deno.open(path, { write: true });
  return tryLock(file);
}
