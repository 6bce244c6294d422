import { dirname, resolve } from "../../base/deps/std.ts";
import { OutputPathError } from "./output_path_error.ts";
import { realPlace } from "./real_place.ts";
import { WriteError } from "./write_atomically.ts";
import { removeLeft } from "./remove_left.ts";
import { tryWriting } from "./try_writing.ts";

/** Files that are told by name at most; the others are counted. */
const TOLD = 20;

/** What is to be written, and what it is made from. */
export interface PlannedOutputs {
  /** Paths of the files to write. */
  readonly outputs: readonly string[];
  /** Files that are read, which no output replaces, `overwrite` or not. */
  readonly inputs: readonly string[];
  /** Replace files that exist. */
  readonly overwrite: boolean;
}

/**
 * Fails, before any work is done, where outputs cannot be written or would replace what they must not;
 * all of them are told at once. Paths are compared as files, links followed. Writes nothing that stays,
 * and removes what a killed process has left half-written in the folders.
 *
 * @param Failure The class of the error.
 * @throws {OutputPathError} Or `Failure`: if an output is an input; is a folder or a device; exists
 * without `overwrite`; or is written twice.
 * @throws {WriteError} If the folder of one can be neither written to nor made.
 */
export async function checkOutputs(
  { outputs, inputs, overwrite }: PlannedOutputs,
  Failure: new (message: string) => Error = OutputPathError,
): Promise<void> {
  const kept = new Set<string>();
  for (const input of inputs) (await fileKeys(input)).forEach((key) => kept.add(key));
  const folders = new Map<string, string | undefined>();
  const taken = new Map<string, string>();
  const problems: string[] = [];
  for (const output of outputs) {
    const folder = dirname(resolve(output));
    if (!folders.has(folder)) {
      const unfit = await folderProblem(folder);
      folders.set(folder, unfit);
      if (unfit !== undefined) throw new WriteError(output, { cause: new Error(unfit) });
      await removeLeft(folder);
    }
    const keys = await fileKeys(output);
    const twice = keys.map((key) => taken.get(key)).find((other) => other !== undefined);
    const problem = keys.some((key) => kept.has(key))
      ? "it is the input, or a label of it"
      : twice !== undefined
      ? `it is the same file as ${twice}`
      : await standing(output, overwrite);
    keys.forEach((key) => taken.set(key, output));
    if (problem !== undefined) problems.push(`${output}: ${problem}`);
  }
  if (problems.length === 0) return;
  const more = problems.length - TOLD;
  throw new Failure(
    `Cannot write ${problems.slice(0, TOLD).join("; ")}${more > 0 ? `; and ${more} more` : ""}`,
  );
}

/** What is wrong with what stands at a place already. */
async function standing(output: string, overwrite: boolean): Promise<string | undefined> {
  const there = await Deno.lstat(output).catch(() => undefined);
  if (there === undefined) return undefined;
  if (!there.isFile && !there.isSymlink) {
    return `it is a ${there.isDirectory ? "folder" : "device"}, wanted a file`;
  }
  return overwrite ? undefined : "it exists; take another name or add --overwrite";
}

/** What tells a file from others: its real path and, where it exists, its number on its disk. */
async function fileKeys(path: string): Promise<string[]> {
  const real = await realPlace(path).catch(() => resolve(path));
  const info = await Deno.stat(path).catch(() => undefined);
  const isNumbered = info?.ino !== undefined && info.ino !== null && info.ino !== 0;
  return isNumbered ? [real, `${info.dev}:${info.ino}`] : [real];
}

/** Why a folder can be neither written nor made, in words; tried by a file that is removed again. */
async function folderProblem(folder: string): Promise<string | undefined> {
  let nearest = folder;
  try {
    for (;;) {
      const info = await Deno.stat(nearest).catch((error) => {
        if (error instanceof Deno.errors.NotFound) return undefined;
        if (error instanceof Deno.errors.NotADirectory) return undefined;
        throw error;
      });
      if (info?.isDirectory) break;
      if (info !== undefined) return `${nearest} is no folder`;
      nearest = dirname(nearest);
    }
    await tryWriting(nearest);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
