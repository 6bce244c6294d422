/** What a person wants to have segmented: a file, a folder of files, or a data set. */
import type { LayoutName } from "../../names.ts";
import { basename, dirname, join, relative, resolve } from "../../base/deps/std.ts";
import { messageOf } from "../../base/text/message_of.ts";
import { realPlace } from "../../formats/files/real_place.ts";
import { openThroughTask } from "../../imaging/data/cases/open_through_task.ts";
import type { FileCase } from "../../imaging/data/cases/case_source.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { fileCase } from "../../imaging/data/cases/file_case.ts";
import { fittingLayouts, LAYOUTS } from "../../imaging/data/cases/open_dataset.ts";
import type { RunData } from "../../imaging/data/cases/run_data.ts";
import type { Task } from "../../base/task/task.ts";
import { translateTask } from "../../base/task/translate_task.ts";

const LIST = /\.(csv|json)$/i;
const LABEL = /_gt\.nii(\.gz)?$/i;
/** The end of a name by which nnU-Net tells the channels of a case. */
const CHANNEL = /_(\d{4})(\.nii(?:\.gz)?)$/i;

/** What is to be segmented. */
export interface Inputs {
  /** What to segment. */
  readonly cases: readonly FileCase[];
  /** All that the data set holds, of which nothing may be replaced. */
  readonly all: readonly FileCase[];
  /** Label maps beside the images, as their names tell, of which nothing may be replaced either. */
  readonly labels: readonly string[];
  /** The run's labels with the codes in which segmentations are written. */
  readonly task: Task;
  /** The folder whose inner places the outputs keep. */
  readonly root: string;
  /** Whether the input is one NIfTI file. */
  readonly single: boolean;
  /** What a person should know, a sentence each. */
  readonly notices: readonly string[];
}

/** Where to look, and how. */
export interface InputPlace {
  /** A NIfTI file, a folder of them, a data set's folder, or its list. */
  readonly input: string;
  /**
   * How a folder is laid out; `auto`, the default, recognises it. A file that comes alone is read as
   * the layout's files are, by default as those that the run was trained on.
   */
  readonly layout?: LayoutName | "auto";
  /** Where segmentations go: what lies in it, below the input, is no input. */
  readonly output: string;
}

/**
 * Finds the images of a file, a folder or a data set. In a folder that is no data set, every NIfTI
 * file is an image, but for hidden ones and labels (`_gt`); where the run has several channels, the
 * files `CASE_0000`, `CASE_0001`, … are one case.
 *
 * @throws {DatasetError | NiftiError} If there is none, or the data set cannot be used.
 * @throws {TaskMismatchError} If the data set has other labels or channels than the run.
 */
export async function findInputs(
  { input, layout = "auto", output }: InputPlace,
  data: RunData,
): Promise<Inputs> {
  const isFile = await isFileAt(input);
  const single = isFile && !LIST.test(input);
  const root = isFile ? dirname(resolve(input)) : resolve(input);
  if (single) {
    const { labels } = await filesIn(root, { deep: false });
    return { ...plainInputs([input], input, layout, data), labels, root, single };
  }
  const isOwn = await belongsTo(output, root);
  const known = layout !== "auto" || isFile || (await fittingLayouts(input)).length > 0;
  if (!known) {
    const { images, labels, lost } = await filesIn(input, { deep: true });
    const found = images.filter((path) => !isOwn(path));
    const plain = plainInputs(found, input, layout, data);
    return { ...plain, notices: [...lost, ...plain.notices], labels, root, single };
  }
  const place = isFile && layout === "auto" ? "folder" : layout;
  const { cases, task, notices } = await openThroughTask(input, place, data.task, {
    labels: "optional",
    ...data.geometry !== "auto" && layout === "auto" && { geometry: data.geometry },
  });
  const own = cases.filter(({ imagePaths }) => !isOwn(imagePaths[0]));
  const written = writable(task, data.task);
  return { cases: own, all: cases, labels: [], task: written, root, single, notices };
}

/**
 * Tells the files of the output folder where it lies below the input; the folder itself may be both.
 * A link to a file there is an input, though: it was put beside the others by somebody.
 */
async function belongsTo(output: string, root: string): Promise<(path: string) => boolean> {
  const [folder, realRoot] = [await realPlace(output), await realPlace(root)];
  if (folder === realRoot) return () => false;
  const isBelow = (path: string, place: string) => !/^\.\.([\\/]|$)/.test(relative(place, path));
  return (path) =>
    isBelow(resolve(path), resolve(output)) ||
    isBelow(resolve(realRoot, relative(root, resolve(path))), folder);
}

/** Labels that the data set lacks are written in the run's codes, where those are not taken. */
function writable(task: Task, run: Task): Task {
  const taken = new Set(task.labels.flatMap(({ codes }) => codes));
  return {
    ...task,
    labels: task.labels.map((label, index) => {
      if (label.codes.length > 0) return label;
      const own = run.labels[index]!.codes.filter((code) => !taken.has(code));
      const next = own[0] ?? Math.max(...taken) + 1;
      taken.add(next);
      return { ...label, codes: [next] };
    }),
  };
}

/** Files that are read as those of a layout, or of the run's own data set. */
function plainInputs(
  paths: readonly string[],
  input: string,
  layout: LayoutName | "auto",
  data: RunData,
): Omit<Inputs, "labels" | "root" | "single"> {
  if (paths.length === 0) throw new DatasetError(`Cannot predict ${input}: it holds no NIfTI file`);
  const named = layout === "auto" ? undefined : LAYOUTS[layout].reading;
  const reading = named ?? { task: data.task, geometry: data.geometry, turn: data.turn };
  const task = named?.task === undefined
    ? data.task
    : translateTask(data.task, named.task, `layout ${layout}`).task;
  const channels = data.task.channels.length;
  const groups = channels === 1 ? paths.map((path) => [path]) : byCase(paths);
  const cases = groups.map((imagePaths) =>
    fileCase({
      ...{ id: imagePaths[0]!, subject: imagePaths[0]!, frame: "", domain: "" },
      imagePaths: imagePaths as [string, ...string[]],
      task,
      ...reading.geometry !== undefined && { geometry: reading.geometry },
      ...reading.turn && { orientation: reading.turn },
    })
  );
  return { cases, all: cases, task, notices: [] };
}

/** Files of one case, by nnU-Net's numbers of channels. */
function byCase(paths: readonly string[]): string[][] {
  const stem = (path: string) => path.replace(CHANNEL, "$2");
  return [...Map.groupBy(paths, stem).values()].map((own) => own.toSorted());
}

/** Whether a path has the name of a NIfTI file. */
export function isNiftiPath(path: string): boolean {
  return /\.nii(\.gz)?$/i.test(path);
}

/** NIfTI files of a folder by what their names tell. */
interface NiftiFiles {
  readonly images: string[];
  readonly labels: string[];
  /** What has such a name and cannot be opened, a sentence each. */
  readonly lost: string[];
}

/** NIfTI files of a folder, or below it: links followed, each folder once, hidden ones left out. */
async function filesIn(
  folder: string,
  { deep }: { readonly deep: boolean },
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
      const below = await filesIn(path, { deep }, seen);
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

async function isFileAt(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (cause) {
    throw new DatasetError(`Cannot predict ${path}: ${messageOf(cause)}`, { cause });
  }
}
