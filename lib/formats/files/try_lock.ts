/**
 * The system's lock on a file; false where another has it, the file system knows none, or this is Windows,
 * whose locks keep others from reading what is locked: nobody could be told who holds a claim.
 */
export function tryLock(file: Deno.FsFile, os: typeof Deno.build.os = Deno.build.os): boolean {
  if (os === "windows") return false;
  try {
    return file.tryLockSync(true);
  } catch {
    return false;
  }
}
