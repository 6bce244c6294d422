/** What a person wants to have segmented: a file, a folder of files, DICOM, or a data set. */
import type { LayoutName } from "../../names.ts";
import { dirname, relative, resolve } from "../../base/deps/std.ts";
import { isDicomFolder } from "../../formats/dicom/find_dicom.ts";
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
import { dicomFoldersIn } from "./dicom_folders_in.ts";
import { niftiFilesIn } from "./nifti_files_in.ts";

const LIST = /\.(csv|json)$/i;
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
  /** Whether the input is one image: a NIfTI file, or DICOM of one series. */
  readonly single: boolean;
  /** What a person should know, a sentence each. */
  readonly notices: readonly string[];
}

/** Where to look, and how. */
export interface InputPlace {
  /** A NIfTI or DICOM file, a folder of NIfTI files or of DICOM, a data set's folder, or its list. */
  readonly input: string;
  /** Which series of DICOM to segment, by its number or UID; absent: the only one. */
  readonly series?: string;
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
 * files `CASE_0000`, `CASE_0001`, … are one case. Where there is no NIfTI, DICOM is looked for: one
 * series is one image, and folders that hold one series each are an image each.
 *
 * @throws {DatasetError | NiftiError} If there is none, or the data set cannot be used.
 * @throws {DicomError} "several" if a folder holds several series; all are named.
 * @throws {TaskMismatchError} If the data set has other labels or channels than the run.
 */
export async function findInputs(
  { input, layout = "auto", series, output }: InputPlace,
  data: RunData,
): Promise<Inputs> {
  const isFile = await isFileAt(input);
  const single = isFile && !LIST.test(input);
  const root = isFile ? dirname(resolve(input)) : resolve(input);
  const isOwn = await belongsTo(output, root);
  const plain = { input, layout, output, ...series !== undefined && { series } };
  if (single) {
    const { labels } = await niftiFilesIn(root, { deep: false });
    return { ...plainInputs([input], plain, data), labels, root, single };
  }
  if (!isFile && (await fittingLayouts(input)).length === 0) {
    const { images, labels, lost } = await niftiFilesIn(input);
    const files = images.filter((path) => !isOwn(path));
    // DICOM alone is read as a lone file is, whatever the layout.
    const folders = files.length === 0 ? await dicomFoldersIn(input, series) : [];
    if (folders.length > 0) {
      const alone = folders.length === 1;
      const at = alone ? dirname(resolve(folders[0]!)) : root;
      return { ...plainInputs(folders, plain, data), labels, root: at, single: alone };
    }
    if (layout === "auto") {
      const notices = await isDicomFolder(input)
        ? [...lost, `passed over the DICOM in ${input}, which holds NIfTI files, too`]
        : lost;
      return { ...plainInputs(files, plain, data), labels, root, single, notices };
    }
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
  { input, layout = "auto", series }: InputPlace,
  data: RunData,
): Omit<Inputs, "labels" | "root" | "single"> {
  if (paths.length === 0) {
    throw new DatasetError(`Cannot predict ${input}: it holds no NIfTI file and no DICOM`);
  }
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
      ...series !== undefined && { series },
    })
  );
  return { cases, all: cases, task, notices: [] };
}

/** Files of one case, by nnU-Net's numbers of channels. */
function byCase(paths: readonly string[]): string[][] {
  const stem = (path: string) => path.replace(CHANNEL, "$2");
  return [...Map.groupBy(paths, stem).values()].map((own) => own.toSorted());
}

async function isFileAt(path: string): Promise<boolean> {
  try {
    return (await Deno.stat(path)).isFile;
  } catch (cause) {
    throw new DatasetError(`Cannot predict ${path}: ${messageOf(cause)}`, { cause });
  }
}
