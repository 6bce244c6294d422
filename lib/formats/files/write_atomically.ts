import { basename, dirname, join } from "../../base/deps/std.ts";

/** The bytes of a file, or its text. */
export type FileContent = Uint8Array | string;

/** A file that could not be written; the file that stood there before is untouched. */
export class WriteError extends Error {
  override readonly name = "WriteError";

  /** @param path The file that was to be written. */
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
  /**
   * Others may write the same file at the same time, and it can be made again: the neighbour has a name
   * of its own, and nobody waits until it has reached the disk.
   */
  readonly shared?: boolean;
}

/**
 * Writes a file so that at every moment its name leads to the old content or to the new, never to a
 * part: the bytes go to a neighbour `.NAME.tmp`, reach the disk, and take the name by a rename.
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
  const parts = typeof content === "string"
    ? [new TextEncoder().encode(content)]
    : content instanceof Uint8Array
    ? [content]
    : content;
  const own = shared ? `.${crypto.randomUUID()}` : "";
  const neighbour = join(dirname(path), `.${basename(path)}${own}.tmp`);
  try {
    using file = await Deno.open(neighbour, { write: true, create: true, truncate: true });
    for (const bytes of parts) {
      for (let written = 0; written < bytes.length;) {
        written += await file.write(bytes.subarray(written));
      }
    }
    if (!shared) await file.sync();
    await Deno.rename(neighbour, path);
  } catch (cause) {
    await Deno.remove(neighbour).catch(() => {});
    throw new WriteError(path, { cause });
  }
}
