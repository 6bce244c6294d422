import { exists } from "../lib/formats/files/exists.ts";

/**
 * The name and the `ignore` of a test that needs data which is not committed: where it is missing, the
 * test is counted as ignored, and its name says what it lacks.
 *
 * @param path The data's folder or file.
 */
export async function whereThereIs(
  path: string,
  name: string,
): Promise<{ readonly name: string; readonly ignore: boolean }> {
  const there = await exists(path);
  const place = path.replace(/^.*?(?=shared\/)/, "../");
  return { name: there ? name : `${name} (${place} is missing)`, ignore: !there };
}

/** The same of a test that needs a program. */
export async function whereThereRuns(
  program: string,
  name: string,
): Promise<{ readonly name: string; readonly ignore: boolean }> {
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  const found = await Promise.all(folders.map((folder) => exists(`${folder}/${program}`)));
  const there = found.includes(true);
  return { name: there ? name : `${name} (no ${program} here)`, ignore: !there };
}
