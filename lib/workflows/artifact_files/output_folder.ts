/** Folders that appear whole or not at all. */
import { parseSuiteManifest } from "../../imaging/artifacts/suites/manifest.ts";
import { basename, dirname, join, relative, resolve } from "../../base/deps/std.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { exists } from "../../formats/files/exists.ts";
import { claim, ClaimError } from "../../formats/files/claim.ts";
import { makeFolder } from "../../formats/files/make_folder.ts";
import { realPlace } from "../../formats/files/real_place.ts";
import { removeLeft } from "../../formats/files/remove_left.ts";
import { rename } from "../../formats/files/rename.ts";
import { tryWriting } from "../../formats/files/try_writing.ts";
import { uniqueMark, WriteError } from "../../formats/files/write_atomically.ts";
import { ArtifactRequestError } from "./request_error.ts";

/** The manifest's name in the folder of a suite. */
export const MANIFEST_NAME = "manifest.json";

/** What it is called while what it tells of is being removed. */
const REPLACED_NAME = ".manifest.json.replaced";

/** A folder to fill. */
export interface OutputFolder {
  readonly dir: string;
  /** Replace what an earlier suite left in it. */
  readonly overwrite: boolean;
  /** The folder or list that is read, where there is one. */
  readonly input?: string | undefined;
  /** Is told what a person should know, a line each. */
  readonly onNotice?: ((line: string) => void) | undefined;
}

/**
 * Fails where a folder holds anything and must not, or is what is read or holds it.
 *
 * @throws {ArtifactRequestError} If it is not empty without `overwrite`, is a file, or the input lies
 * in it, also by links.
 */
export async function checkOutputFolder({ dir, overwrite, input }: OutputFolder): Promise<void> {
  if (input !== undefined) {
    const place = relative(await realPlace(dir), await realPlace(input));
    if (!/^\.\.([\\/]|$)/.test(place)) {
      throw new ArtifactRequestError(
        `Cannot write to ${dir}: ${place === "" ? "it is" : "it holds"} the input ${input}`,
      );
    }
  }
  try {
    for await (const { name } of Deno.readDir(dir)) {
      if (overwrite) return;
      if (name.startsWith(ownNames(dir))) continue;
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
 * Fills a folder beside `dir`, or in it where only it can be written to, then puts its content in
 * place, at once where there is no `dir` yet: an error leaves `dir` as it was.
 * What is there already stays, except for things of the same name and the sets of an earlier suite.
 * Of several processes that fill one folder at once, one does; what an earlier one left half-filled
 * when it was killed is removed.
 *
 * @param fill Writes into the folder it is given.
 * @throws {ArtifactRequestError} As {@linkcode checkOutputFolder}.
 * @throws {ClaimError} If another process is just filling it.
 * @throws {WriteError} If the folder cannot be made.
 */
export async function fillFolder<T>(
  output: OutputFolder,
  fill: (folder: string) => Promise<T>,
): Promise<T> {
  const { dir, onNotice } = output;
  await checkOutputFolder(output);
  const target = resolve(dir), own = ownNames(dir);
  const room = await roomFor(target);
  using _claim = await claim(join(room, `${own}claim`), { task: `write to ${dir}`, onNotice });
  await removeLeft(room);
  await removeParts(room, own, onNotice);
  const neighbour = join(room, `${own}${uniqueMark()}.part`);
  try {
    await Deno.mkdir(neighbour);
  } catch (cause) {
    throw new WriteError(dir, { cause });
  }
  try {
    const result = await fill(neighbour);
    try {
      await checkOutputFolder(output);
      await takePlace(neighbour, target);
    } catch (error) {
      throw await keptElsewhere(error, neighbour, target);
    }
    return result;
  } finally {
    await removeWhole(neighbour);
  }
}

/**
 * Removes what a process that was killed once it had filled a folder has left there, unless another one
 * is at it.
 */
export async function tidyFilled(dir: string): Promise<void> {
  const target = resolve(dir), own = ownNames(dir);
  for (const room of [dirname(target), target]) {
    const path = join(room, `${own}claim`);
    if (!await exists(path)) continue;
    try {
      using _claim = await claim(path, { task: `tidy ${dir}` });
      await removeParts(room, own, undefined);
    } catch (error) {
      if (!(error instanceof ClaimError)) throw error;
    }
  }
}

/** Keeps what cannot go where it was wanted beside it, and gives the error that says so. */
async function keptElsewhere(error: unknown, from: string, target: string): Promise<unknown> {
  const place = `${target}-${uniqueMark()}`;
  try {
    await rename(from, place);
  } catch {
    return error;
  }
  return new ArtifactRequestError(`${messageOf(error)}; what was made is kept in ${place}`, {
    cause: error,
  });
}

/** How the names begin of what passes while a folder is filled. */
function ownNames(dir: string): string {
  return `.${basename(resolve(dir))}.`;
}

/** Where a folder's content can be made: beside it, so that it is whole at once, or else in it. */
async function roomFor(target: string): Promise<string> {
  const parent = dirname(target);
  try {
    await Deno.mkdir(parent, { recursive: true });
    await tryWriting(parent);
    return parent;
  } catch {
    await makeFolder(target);
    return target;
  }
}

/** Removes the folders that killed processes left beside one; nobody fills it but the caller. */
async function removeParts(
  room: string,
  own: string,
  onNotice: OutputFolder["onNotice"],
): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(room)) {
    const isLeft = isDirectory && name.startsWith(own) &&
      /^\d+(-[0-9a-f]{8})?\.part$/.test(name.slice(own.length));
    if (!isLeft) continue;
    onNotice?.(`removed ${join(room, name)}, left behind by a process that was ended`);
    await removeWhole(join(room, name));
  }
}

/** Removes a folder in which workers that were ended amid it may still write a last file. */
async function removeWhole(dir: string): Promise<void> {
  for (let left = 100; left > 0; left--) {
    try {
      return await Deno.remove(dir, { recursive: true });
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function takePlace(from: string, target: string): Promise<void> {
  try {
    // whole at once
    if (!await exists(target)) return await rename(from, target);
    const fresh = (await Array.fromAsync(Deno.readDir(from))).map(({ name }) => name);
    // no manifest tells of what is gone, but who comes after a killed process finds what is left
    await rename(join(target, MANIFEST_NAME), join(target, REPLACED_NAME)).catch(
      unlessMissing,
    );
    for (const name of [...await earlierSets(target), ...fresh, REPLACED_NAME]) {
      await Deno.remove(join(target, name), { recursive: true }).catch(unlessMissing);
    }
    // the manifest last: while it is there, so is what it tells of
    for (const name of [...fresh.filter((name) => name !== MANIFEST_NAME), MANIFEST_NAME]) {
      if (fresh.includes(name)) await rename(join(from, name), join(target, name));
    }
  } catch (cause) {
    throw new WriteError(target, { cause });
  }
}

function unlessMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

/** The sets of the suite that a folder has held, if it has held one. */
async function earlierSets(dir: string): Promise<string[]> {
  try {
    const path = join(dir, REPLACED_NAME);
    const { volumes } = parseSuiteManifest(await Deno.readTextFile(path), path);
    return [...new Set(volumes.map(({ set }) => set))];
  } catch {
    return [];
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await Deno.stat(path)).isFile;
}
