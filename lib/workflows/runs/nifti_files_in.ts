import { basename, join } from "../../base/deps/std.ts";

const LABEL = /_gt\.nii(\.gz)?$/i;

/** Whether a path has the name of a NIfTI file. */
export function isNiftiPath(path: string): boolean {
  return /\.nii(\.gz)?$/i.test(path);
}

/** NIfTI files of a folder by what their names tell. */
export interface NiftiFiles {
  readonly images: string[];
  readonly labels: string[];
  /** What has such a name and cannot be opened, a sentence each. */
  readonly lost: string[];
}

/**
 * NIfTI files of a folder, and of those below it unless `deep` is false: links followed, each folder
 * once, hidden ones left out.
 */
export async function niftiFilesIn(
  folder: string,
  { deep = true }: { readonly deep?: boolean } = {},
  seen = new Set<string>(),
): Promise<NiftiFiles> {
  const files: NiftiFiles = { images: [], labels: [], lost: [] };
  const real = await Deno.realPath(folder);
  if (seen.has(real)) return files;
  seen.add(real);
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  for (const name of names) {
    if (name.startsWith(".")) continue;
    const path = join(folder, name);
    const found = await Deno.stat(path).catch(() => undefined);
    if (found?.isDirectory && deep) {
      const below = await niftiFilesIn(path, { deep }, seen);
      files.images.push(...below.images);
      files.labels.push(...below.labels);
      files.lost.push(...below.lost);
    } else if (found?.isFile && isNiftiPath(path)) {
      (LABEL.test(basename(path)) ? files.labels : files.images).push(path);
    } else if (found === undefined && isNiftiPath(path)) {
      // the system gives names in bytes, and those that are no text cannot be asked for
      const why = name.includes("\ufffd") ? "its name is no UTF-8" : "it is a link to nothing";
      files.lost.push(`passed over ${path}: ${why}`);
    }
  }
  return files;
}
