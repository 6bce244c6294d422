import { basename, join } from "../../base/deps/std.ts";

const LABEL = /_gt\.nii(\.gz)?$/i;

/** Whether a path has the name of a NIfTI file. */
export function isNiftiPath(path: string): boolean {
  return /\.nii(\.gz)?$/i.test(path);
}

/** NIfTI files below a folder, links followed, each folder once; hidden ones and labels are left out. */
export async function niftiFilesIn(folder: string, seen = new Set<string>()): Promise<string[]> {
  const real = await Deno.realPath(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  const paths: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (name.startsWith(".")) continue;
    const path = join(folder, name);
    const found = await Deno.stat(path).catch(() => undefined);
    if (found?.isDirectory) paths.push(...await niftiFilesIn(path, seen));
    else if (found?.isFile && isNiftiPath(path) && !LABEL.test(basename(path))) paths.push(path);
  }
  return paths.sort();
}
