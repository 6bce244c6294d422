/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { TEXTS } from "../texts.ts";
import type { GivenFile } from "../worker/protocol.ts";

/** Files of a folder that is dropped, at most. */
const MOST_FILES = 20000;

/**
 * All files of a drop, folders walked through.
 *
 * @throws {RangeError} If there are too many.
 * @throws {DOMException} If one cannot be read.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<GivenFile[]> {
  // Both are gone after the first wait.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const files = [...transfer.files];
  const found: GivenFile[] = [];
  for (const [n, entry] of entries.entries()) {
    if (entry !== null) await walk(entry, "", found);
    else if (files[n]) found.push({ path: files[n]!.name, file: files[n]! });
  }
  return found;
}

async function walk(entry: FileSystemEntry, above: string, found: GivenFile[]): Promise<void> {
  const path = above + entry.name;
  if (found.length >= MOST_FILES) throw new RangeError(TEXTS.tooMany(path, MOST_FILES));
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject)
    );
    found.push({ path, file });
    return;
  }
  // Chromium gives 100 entries at a time.
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject)
    );
    if (part.length === 0) return;
    for (const inner of part) await walk(inner, `${path}/`, found);
  }
}
