/** Folders that appear whole or not at all. */
import { parseSuiteManifest } from "../../imaging/artifacts/suites/manifest.ts";
import { basename, dirname, join, resolve } from "../../base/deps/std.ts";
import { WriteError } from "../../formats/files/write_atomically.ts";
import { ArtifactRequestError } from "./request_error.ts";

/** The manifest's name in the folder of a suite. */
export const MANIFEST_NAME = "manifest.json";

/**
 * Fails where a folder holds anything and must not.
 *
 * @throws {ArtifactRequestError} If it is not empty without `overwrite`, or is a file.
 */
export async function checkOutputFolder(dir: string, overwrite: boolean): Promise<void> {
  try {
    for await (const _ of Deno.readDir(dir)) {
      if (overwrite) return;
      throw new ArtifactRequestError(
        `Cannot write to ${dir}: the folder is not empty; take another or add --overwrite`,
      );
    }
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    if (error instanceof Deno.errors.NotADirectory || (await isFile(dir))) {
      throw new ArtifactRequestError(`Cannot write to ${dir}: it is a file, wanted a folder`);
    }
    throw error;
  }
}

/**
 * Fills a folder beside `dir`, then puts its content in place: an error leaves `dir` as it was.
 * What is there already stays, except for things of the same name and the sets of an earlier suite.
 *
 * @param fill Writes into the folder it is given.
 * @throws {ArtifactRequestError} As {@linkcode checkOutputFolder}.
 * @throws {WriteError} If the folder cannot be made.
 */
export async function fillFolder<T>(
  dir: string,
  overwrite: boolean,
  fill: (folder: string) => Promise<T>,
): Promise<T> {
  await checkOutputFolder(dir, overwrite);
  const target = resolve(dir);
  const neighbour = join(dirname(target), `.${basename(target)}.${Deno.pid}.part`);
  try {
    await Deno.mkdir(neighbour, { recursive: true });
  } catch (cause) {
    throw new WriteError(dir, { cause });
  }
  try {
    const result = await fill(neighbour);
    await checkOutputFolder(dir, overwrite);
    await takePlace(neighbour, target);
    return result;
  } finally {
    await Deno.remove(neighbour, { recursive: true }).catch(() => {});
  }
}

async function takePlace(from: string, target: string): Promise<void> {
  try {
    await Deno.mkdir(target, { recursive: true });
    const names = new Set(await earlierSets(target));
    const fresh = (await Array.fromAsync(Deno.readDir(from))).map(({ name }) => name);
    for (const name of [...names, ...fresh]) {
      await Deno.remove(join(target, name), { recursive: true }).catch((error) => {
        if (!(error instanceof Deno.errors.NotFound)) throw error;
      });
    }
    // the manifest last: while it is there, so is what it tells of
    for (const name of [...fresh.filter((name) => name !== MANIFEST_NAME), MANIFEST_NAME]) {
      if (fresh.includes(name)) await Deno.rename(join(from, name), join(target, name));
    }
  } catch (cause) {
    throw new WriteError(target, { cause });
  }
}

/** The sets of the suite that a folder holds, if it holds one. */
async function earlierSets(dir: string): Promise<string[]> {
  try {
    const path = join(dir, MANIFEST_NAME);
    const { volumes } = parseSuiteManifest(await Deno.readTextFile(path), path);
    return [...new Set(volumes.map(({ set }) => set)), MANIFEST_NAME];
  } catch {
    return [];
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path)).isFile;
}
