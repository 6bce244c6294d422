import { dirname, join } from "../../base/deps/std.ts";
import { exists } from "../files/exists.ts";
import { makeFolder } from "../files/make_folder.ts";
import { WriteError } from "../files/write_atomically.ts";
import { entryName } from "./entry_name.ts";

/** A file that is added to. */
interface OpenFile {
  readonly path: string;
  readonly file: Deno.FsFile;
  /** Value and step of its last line as it was opened; none in a new file. */
  readonly last: string | undefined;
}

/**
 * The metrics of a run of MLflow: a file each, with lines of a time in milliseconds since 1970, the value
 * and the step, which are added to. What was added is with the operating system.
 */
export class MetricFiles {
  readonly #dir: string;
  readonly #files = new Map<string, OpenFile>();

  private constructor(dir: string) {
    this.#dir = dir;
  }

  /**
   * Opens the files in a folder to go on after a step: lines of later ones, or cut short, are taken
   * out, and files that no line is left of.
   *
   * @throws {WriteError} If the disk refuses.
   */
  static async open(dir: string, step: number): Promise<MetricFiles> {
    try {
      for await (const path of filesIn(dir)) await cutAfter(path, step);
    } catch (cause) {
      throw cause instanceof WriteError ? cause : new WriteError(dir, { cause });
    }
    return new MetricFiles(dir);
  }

  /**
   * Adds values of a step, but none that an earlier sitting ended with: a finished run that is gone on
   * with is evaluated once more, and tells what is known.
   *
   * @param now Milliseconds since 1970.
   * @throws {WriteError} If the disk refuses.
   */
  async append(
    values: Readonly<Record<string, number>>,
    step: number,
    now: number,
  ): Promise<void> {
    for (const [name, value] of Object.entries(values)) {
      const { path, file, last } = await this.#open(entryName(name));
      if (last === `${value} ${step}`) continue;
      const bytes = new TextEncoder().encode(`${now} ${value} ${step}\n`);
      try {
        for (let written = 0; written < bytes.length;) {
          written += file.writeSync(bytes.subarray(written));
        }
      } catch (cause) {
        throw new WriteError(path, { cause });
      }
    }
  }

  /** Closes the files. */
  close(): void {
    for (const { file } of this.#files.values()) file.close();
    this.#files.clear();
  }

  async #open(name: string): Promise<OpenFile> {
    const known = this.#files.get(name);
    if (known !== undefined) return known;
    const path = join(this.#dir, name);
    await makeFolder(dirname(path));
    try {
      const last = await lastOf(path);
      const opened = { path, last, file: await Deno.open(path, { append: true, create: true }) };
      this.#files.set(name, opened);
      return opened;
    } catch (cause) {
      throw new WriteError(path, { cause });
    }
  }
}

async function* filesIn(dir: string): AsyncGenerator<string> {
  for await (const { name, isDirectory, isFile } of Deno.readDir(dir)) {
    if (isDirectory) yield* filesIn(join(dir, name));
    else if (isFile) yield join(dir, name);
  }
}

/** Value and step of the last line; undefined where there is none, and of what is no plain file. */
async function lastOf(path: string): Promise<string | undefined> {
  if (!await exists(path) || !(await Deno.stat(path)).isFile) return undefined;
  const line = (await Deno.readTextFile(path)).trimEnd().split("\n").at(-1)!;
  return line.slice(line.indexOf(" ") + 1);
}

async function cutAfter(path: string, step: number): Promise<void> {
  const bytes = await Deno.readFile(path), decoder = new TextDecoder();
  let length = 0;
  for (;;) {
    const end = bytes.indexOf(10, length);
    if (end < 0) break;
    const [, , at] = decoder.decode(bytes.subarray(length, end)).split(" ");
    if (!(Number(at) <= step)) break;
    length = end + 1;
  }
  if (length === 0) await Deno.remove(path);
  else if (length < bytes.length) await Deno.truncate(path, length);
}
