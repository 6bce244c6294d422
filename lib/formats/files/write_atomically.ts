import { basename, dirname, join } from "../../base/deps/std.ts";
import { rename } from "./rename.ts";
import { tryLock } from "./try_lock.ts";

/** The bytes of a file, or its text. */
export type FileContent = Uint8Array | string;

/** A file that could not be written; the file that stood there before is untouched. */
export class WriteError extends Error {
  /** Its class by name. */
  override readonly name = "WriteError";

  /**
   * An error about one file; its text ends with that of the cause.
   *
   * @param path The file that was to be written.
   */
  constructor(readonly path: string, options: { cause: unknown }) {
    const { cause } = options;
    super(
      `Cannot write ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
      options,
    );
  }
}

/** How to write a file. */
export interface WriteOptions {
  /** Others may write the same file, and it can be made again: nobody waits until it is on the disk. */
  readonly shared?: boolean;
}

/**
 * Writes a file so that at every moment its name leads to the old content or to the new, never to a
 * part: the bytes go to a neighbour of a name that no other process takes, reach the disk, and take
 * the name by a rename.
 *
 * @param path The file; its folder must exist.
 * @param content Parts are written one after another.
 * @throws {WriteError} If the disk refuses; then the neighbour is removed again.
 */
export async function writeAtomically(
  path: string,
  content: FileContent | readonly Uint8Array[],
  { shared = false }: WriteOptions = {},
): Promise<void> {
  await throughNeighbour(path, content, (neighbour) => rename(neighbour, path), shared);
}

/**
 * Writes a file as {@linkcode writeAtomically} does, where there is none: of several that try at
 * once, one succeeds.
 *
 * @returns Whether it was written; false where there is such a file.
 * @throws {WriteError} If the disk refuses.
 */
export async function writeNew(path: string, content: FileContent): Promise<boolean> {
  let written = true;
  await throughNeighbour(path, content, async (neighbour) => {
    try {
      await Deno.link(neighbour, path);
      await Deno.remove(neighbour);
    } catch (error) {
      // some file systems know no second name of a file
      written = !(error instanceof Deno.errors.AlreadyExists) &&
        await takeByCreating(neighbour, path);
      if (!written) await Deno.remove(neighbour);
    }
  });
  return written;
}

async function takeByCreating(neighbour: string, path: string): Promise<boolean> {
  try {
    (await Deno.open(path, { createNew: true, write: true })).close();
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    throw error;
  }
  await rename(neighbour, path);
  return true;
}

async function throughNeighbour(
  path: string,
  content: FileContent | readonly Uint8Array[],
  place: (neighbour: string) => Promise<void>,
  shared = false,
): Promise<void> {
  const parts = typeof content === "string"
    ? [new TextEncoder().encode(content)]
    : content instanceof Uint8Array
    ? [content]
    : content;
  const neighbour = join(dirname(path), `.${basename(path)}.${uniqueMark()}.tmp`);
  // ended by `Deno.exit`, as at a Ctrl-C, a process takes with it what it was writing
  const drop = () => {
    try {
      Deno.removeSync(neighbour);
    } catch { /* it has its name already */ }
  };
  globalThis.addEventListener("unload", drop);
  try {
    using file = await Deno.open(neighbour, { write: true, createNew: true });
    // a sign of life for who finds it
    tryLock(file);
    for (const bytes of parts) {
      for (let written = 0; written < bytes.length;) {
        written += await file.write(bytes.subarray(written));
      }
    }
    if (!shared) await file.sync();
    await place(neighbour);
  } catch (cause) {
    await Deno.remove(neighbour).catch(() => {});
    throw new WriteError(path, { cause });
  } finally {
    globalThis.removeEventListener("unload", drop);
  }
}

/** What no other process, and no other call of this one, has in the names of its passing files. */
export function uniqueMark(): string {
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  return `${Deno.pid}-${random!.toString(16).padStart(8, "0")}`;
}

/** A passing file's name, with the process, as processes leave it behind that are killed. */
const PASSING = /^\.(?:.+\.)?(\d+)-[0-9a-f]{8}\.tmp$/;

/** The number of the process that a passing file is of; undefined where the name is another's. */
export function writerOf(name: string): number | undefined {
  const [, pid] = PASSING.exec(name) ?? [];
  return pid === undefined ? undefined : Number(pid);
}

/** Removes passing files from a folder in which no other process writes; others stay. */
export async function removePassing(dir: string): Promise<void> {
  for await (const { name, isFile } of Deno.readDir(dir)) {
    if (isFile && writerOf(name) !== undefined) await Deno.remove(join(dir, name)).catch(() => {});
  }
}
