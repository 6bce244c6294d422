/** What lies in a data set's folders. */
import { DatasetError } from "../cases/dataset_error.ts";
import { join } from "../../../base/deps/std.ts";
import { shortText } from "../../../base/text/short_text.ts";
import { messageOf } from "../../../base/text/message_of.ts";

/** The names in a folder, sorted, hidden ones left out. */
export interface FolderEntries {
  readonly folders: readonly string[];
  readonly files: readonly string[];
}

/**
 * The names in a folder; links are followed. Names that begin with a dot, as the `._x.nii.gz` of
 * macOS, are passed over, as are those that are no UTF-8 and so cannot be opened.
 *
 * @throws {DatasetError} If it cannot be read.
 */
export async function entriesIn(path: string): Promise<FolderEntries> {
  const folders: string[] = [];
  const files: string[] = [];
  try {
    for await (const entry of Deno.readDir(path)) {
      if (entry.name.startsWith(".")) continue;
      const asked = entry.isSymlink || entry.name.includes("\ufffd");
      const kind = asked ? await statOf(join(path, entry.name)) : entry;
      if (kind?.isDirectory) folders.push(entry.name);
      if (kind?.isFile) files.push(entry.name);
    }
  } catch (cause) {
    throw new DatasetError(`Cannot open ${path}: ${messageOf(cause)}`, { cause });
  }
  return { folders: folders.sort(), files: files.sort() };
}

/** As {@linkcode entriesIn}; nothing where there is no such folder. */
export async function entriesIfPresent(path: string): Promise<FolderEntries> {
  return (await statOf(path))?.isDirectory ? await entriesIn(path) : { folders: [], files: [] };
}

/** What a path leads to, or undefined where it leads nowhere. */
export async function statOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    // ENOTDIR: a file where a folder would have to be.
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
      return undefined;
    }
    throw new DatasetError(`Cannot open ${shortText(path)}: ${messageOf(error)}`, { cause: error });
  }
}

/** Whether there is a file. */
export async function isFile(path: string): Promise<boolean> {
  return (await statOf(path))?.isFile ?? false;
}

/** The name of a NIfTI file without its ending, or undefined for other files. */
export function niftiStem(name: string): string | undefined {
  return /^(.+)\.nii(\.gz)?$/i.exec(name)?.[1];
}

/** The file `name.nii.gz` or `name.nii` among those of a folder, or undefined. */
export function findNifti(files: readonly string[], name: string): string | undefined {
  return files.find((file) => file === `${name}.nii.gz`) ??
    files.find((file) => file === `${name}.nii`);
}
