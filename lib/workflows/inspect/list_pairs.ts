/** A list of the images and labels of a folder that is no data set. */
import { basename, dirname, join, relative, resolve, stringifyCsv } from "../../base/deps/std.ts";
import { uniqueMark, WriteError } from "../../formats/files/write_atomically.ts";
import { pairFiles } from "../../imaging/data/layouts/pair_files.ts";
import { niftiFilesIn } from "../runs/nifti_files_in.ts";

/** What names tell of a folder's files. */
export interface ListedPairs {
  /** The list, CSV of images and labels, by paths from where it is to lie. */
  readonly text: string;
  /** Files without a partner, by their paths in the folder. */
  readonly left: readonly string[];
  /** What has the name of a NIfTI file and cannot be opened, a sentence each. */
  readonly lost: readonly string[];
}

/**
 * Lists the images and labels of a folder by the names of its files; undefined where they tell none.
 *
 * @param list Where the list is to lie.
 */
export async function listPairs(folder: string, list: string): Promise<ListedPairs | undefined> {
  const { images, labels, lost } = await niftiFilesIn(folder);
  const files = [...images, ...labels].map((file) => relative(folder, file).replaceAll("\\", "/"));
  const { pairs, others } = pairFiles(files.sort());
  if (pairs.length === 0) return undefined;
  const place = (file: string) => relative(dirname(resolve(list)), resolve(folder, file));
  const rows = pairs.map(({ image, label }) => ({ image: place(image), label: place(label) }));
  return { text: stringifyCsv(rows, ["image", "label"]), left: others, lost };
}

/**
 * Lets a list be read before it has its name: in a hidden file beside it, which is there no longer
 * than `read` takes.
 *
 * @param list Where the list is to lie; its folder must exist.
 * @throws {WriteError} If the disk refuses.
 */
export async function withPassingList<T>(
  list: string,
  text: string,
  read: (passing: string) => Promise<T>,
): Promise<T> {
  const passing = join(dirname(list), `.${basename(list, ".csv")}.${uniqueMark()}.csv`);
  // at a Ctrl-C the process ends by `Deno.exit`
  const drop = () => {
    try {
      Deno.removeSync(passing);
    } catch { /* it was never written */ }
  };
  globalThis.addEventListener("unload", drop);
  try {
    await Deno.writeTextFile(passing, text, { createNew: true }).catch((cause) => {
      throw new WriteError(list, { cause });
    });
    return await read(passing);
  } finally {
    globalThis.removeEventListener("unload", drop);
    drop();
  }
}
