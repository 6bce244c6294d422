/** DICOM files in folders, told by their content: names and endings say nothing. */
import { DICOM_HEAD_BYTES, isDicom } from "./dicom_header.ts";
import { basename, join } from "../../base/deps/std.ts";

/** Where files come from: the disk, or what a person gave to a page. */
export interface DicomSource {
  /** The paths of DICOM files in a folder, or of the one file, sorted. */
  find(path: string): AsyncIterable<string>;
  /** The bytes of such a file. */
  read(path: string): Promise<Uint8Array>;
}

/** Folders below the one that is asked for, at most. */
const DEPTH = 8;

/** Endings of files that are not even opened. */
const OTHER = /\.(nii|nii\.gz|json|csv|tsv|txt|md|png|jpe?g|pdf|html|safetensors)$/i;

/**
 * The DICOM files of a folder and the folders below it, sorted by path; a file alone is given if it is
 * DICOM. Links are followed, each folder is entered once. Hidden files, lists of files (DICOMDIR) and
 * files of other kinds are passed over.
 *
 * @throws {Deno.errors.NotFound} If there is no such path, and other errors of the file system.
 */
export async function* findDicom(path: string): AsyncGenerator<string> {
  if ((await Deno.stat(path)).isDirectory) yield* search(path, DEPTH, new Set());
  else if (await isDicomFile(path)) yield path;
}

/** Whether a path is a folder with a DICOM file in it, at some depth. */
export async function isDicomFolder(path: string): Promise<boolean> {
  const isFolder = await Deno.stat(path).then(({ isDirectory }) => isDirectory, () => false);
  if (!isFolder) return false;
  for await (const _ of findDicom(path)) return true;
  return false;
}

async function* search(folder: string, depth: number, seen: Set<string>): AsyncGenerator<string> {
  const real = await Deno.realPath(folder);
  if (seen.has(real)) return;
  seen.add(real);
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  for (const name of names) {
    if (name.startsWith(".")) continue;
    const path = join(folder, name);
    // a link that leads nowhere is no file
    const info = await Deno.stat(path).catch(() => undefined);
    if (info?.isDirectory && depth > 0) yield* search(path, depth - 1, seen);
    else if (info?.isFile && await isDicomFile(path)) yield path;
  }
}

/** Whether a file is DICOM, told by its first bytes; lists of files (DICOMDIR) are not. */
export async function isDicomFile(path: string): Promise<boolean> {
  const name = basename(path);
  if (OTHER.test(name) || name.toUpperCase() === "DICOMDIR") return false;
  const file = await Deno.open(path), head = new Uint8Array(DICOM_HEAD_BYTES);
  // no `using`: pages are bundled of this, and not all browsers know it
  try {
    for (let filled = 0; filled < head.length;) {
      const count = await file.read(head.subarray(filled));
      if (count === null) return false;
      filled += count;
    }
  } finally {
    file.close();
  }
  return isDicom(head);
}
