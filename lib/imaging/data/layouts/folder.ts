/**
 * Any files, named by a list: `cases.csv` or `cases.json` in a folder, or the path of such a list.
 *
 * A table has a header row with `image` (or `image_T1`, `image_T2`: a file a channel) and, where known,
 * `label`, `subject`, `domain`, `frame` and `id`; commas, semicolons or tabs separate its cells. A JSON
 * list holds objects with the same keys, or is an object with `cases` and what is segmented: `task`, or
 * `labels` and `channels`, or `labelCodes`, the old form. Paths are relative to the list. Without
 * `subject`, whose an image is is told from its name; without labels, the codes in the label files are
 * the labels.
 */
import type { Dataset, FileCase } from "../cases/case_source.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import { assemble, type DraftCase } from "./assemble.ts";
import { isFile, statOf } from "./folder_entries.ts";
import { guessNotice, guessSubjects } from "./guess_subjects.ts";
import type {
  CasePlace,
  Layout,
  OpenDatasetOptions,
  WritableCase,
  WrittenDataset,
} from "./layout.ts";
import {
  type CaseList,
  labelsOfCodes,
  type ListedCase,
  meantColumn,
  readCaseList,
} from "./read_case_list.ts";
import { scanLabelCodes } from "./scan_label_codes.ts";
import {
  codeOf,
  safeName,
  uniqueNames,
  writeJson,
  writtenId,
  writtenTask,
} from "./written_names.ts";
import { basename, dirname, join, relative, resolve } from "../../../base/deps/std.ts";
import type { Task } from "../../../base/task/task.ts";

/** The layout of a list of files. */
export const folder: Layout = {
  name: "folder",
  looksFor: "cases.csv or cases.json, a list of images and labels",

  async recognise(path: string): Promise<string | undefined> {
    const list = await findList(path);
    return list === undefined ? undefined : `the list ${basename(list)}`;
  },

  async open(path: string, options: OpenDatasetOptions): Promise<Dataset<FileCase>> {
    const listPath = await findList(path);
    if (listPath === undefined) {
      throw new DatasetError(
        `Cannot open ${path}: it holds no cases.csv and no cases.json (layout "folder")`,
      );
    }
    const list = await readCaseList(listPath);
    const at = dirname(resolve(listPath));
    const notices: string[] = [];
    const problems: string[] = [];
    if (list.otherColumns.length > 0) {
      notices.push(
        `columns without a meaning here: ${list.otherColumns.map(described).join(", ")}`,
      );
    }
    const cases: DraftCase[] = [];
    const named = nameCases(list.cases, notices);
    for (const [n, row] of list.cases.entries()) {
      const files = [...row.images, ...row.label === undefined ? [] : [row.label]]
        .map((file) => absolute(at, file));
      for (const file of files) {
        const wrong = await whatIsWrong(file, at);
        if (wrong !== undefined) problems.push(`${row.place}: ${wrong}`);
      }
      const [labelPath] = files.slice(row.images.length);
      cases.push({
        ...named[n]!,
        domain: row.domain ?? "unknown",
        imagePaths: files.slice(0, row.images.length) as [string, ...string[]],
        ...(labelPath !== undefined && { labelPath }),
      });
    }
    const channels = channelsOf(list, options.fallback);
    if (list.imageColumns.length > 1 && list.imageColumns.length !== channels.length) {
      problems.push(
        `channels names ${channels.length} (${channels.map(({ name }) => name).join(", ")}), the ` +
          `list has ${list.imageColumns.length} columns of images`,
      );
    }
    const found = {
      path: listPath,
      layout: "folder",
      name: basename(at),
      cases,
      notices,
      problems,
    };
    if (options.task !== undefined || (problems.length > 0 && options.onProblem === undefined)) {
      return assemble({ ...found, task: options.task ?? NO_TASK }, options);
    }
    const labels = await labelsOf(list, cases, options, notices);
    const { ignore = options.fallback?.ignore } = list;
    return assemble({
      ...found,
      task: { labels, channels, ...(ignore !== undefined && { ignore }) },
    }, options);
  },

  place(source: WritableCase, task: Task): CasePlace {
    const name = `${codeOf(source)}/${safeName(source.frame)}`;
    const images = task.channels.length === 1
      ? [`${name}.nii.gz`]
      : task.channels.map((channel) => `${name}_${safeName(channel.name)}.nii.gz`);
    return { images: images as [string, ...string[]], label: `${name}_gt.nii.gz` };
  },

  async finish(at: string, { task, cases }: WrittenDataset): Promise<void> {
    const list = cases.map(({ files, ...source }) => ({
      ...Object.fromEntries(
        files.images.map((image, n) => [n === 0 ? "image" : `image_${n + 1}`, image]),
      ),
      ...(files.label !== undefined && { label: files.label }),
      subject: source.subject,
      domain: source.domain,
      frame: source.frame,
      id: writtenId(source),
    }));
    await writeJson(at, "cases.json", { task: writtenTask(task), cases: list });
  },
};

/** Stands where there is nothing to read: what is wrong is told instead. */
const NO_TASK: Task = { labels: [], channels: [] };

async function findList(path: string): Promise<string | undefined> {
  if (/\.(csv|tsv|txt|json)$/i.test(path) && !(await statOf(path))?.isDirectory) return path;
  for (const name of ["cases.csv", "cases.tsv", "cases.json"]) {
    if (await isFile(join(path, name))) return join(path, name);
  }
  return undefined;
}

/** Why a path of the list can be no image: a file, or the folder of a DICOM series. */
async function whatIsWrong(file: string, at: string): Promise<string | undefined> {
  const found = await statOf(file);
  if (found === undefined) return `there is no file ${file}`;
  if (!found.isFile && !found.isDirectory) return `${file} is neither a file nor a folder`;
  if (!found.isDirectory || relative(file, at).startsWith("..")) return undefined;
  return `${file} is the folder of the list, or holds it, and so no image`;
}

/** A path of the list; backslashes are those of a list that Windows wrote. */
function absolute(at: string, file: string): string {
  return resolve(at, Deno.build.os === "windows" ? file : file.replaceAll("\\", "/"));
}

function described(column: string): string {
  const meant = column === "" ? undefined : meantColumn(column);
  return `${column === "" ? "the unnamed" : column}${meant ? ` (is ${meant} meant?)` : ""}`;
}

/** Subject, frame and id of each case, guessed where the list does not say whose an image is. */
function nameCases(cases: readonly ListedCase[], notices: string[]) {
  const unsaid = cases.filter(({ subject }) => subject === undefined);
  const guesses = guessSubjects(unsaid.map(({ images }) => images[0]!.replaceAll("\\", "/")));
  if (guesses.length > 0) {
    notices.push(guessNotice(guesses, "a column subject says otherwise"));
  }
  const guessOf = new Map(unsaid.map((row, n) => [row, guesses[n]!]));
  const seen = new Map<string, number>();
  return cases.map((row) => {
    const guess = guessOf.get(row);
    const subject = row.subject ?? guess!.subject;
    const number = (seen.get(subject) ?? 0) + 1;
    seen.set(subject, number);
    if (guess !== undefined && row.frame === undefined) {
      return { ...guess, id: row.id ?? guess.id };
    }
    const frame = row.frame ?? String(number);
    const alone = row.frame === undefined && number === 1;
    return { subject, frame, id: row.id ?? (alone ? subject : `${subject}_${frame}`) };
  });
}

function channelsOf(list: CaseList, fallback: Task | undefined): Task["channels"] {
  if (list.channels !== undefined) return list.channels;
  const { length } = list.imageColumns;
  if (fallback !== undefined && (length === 1 || length === fallback.channels.length)) {
    return fallback.channels;
  }
  if (length === 1) return [{ name: "image" }];
  const names = list.imageColumns.map((column, n) => {
    const name = column.trim().slice("image".length + 1);
    return name === "" || /^\d+$/.test(name) ? `channel ${name || n + 1}` : name;
  });
  return uniqueNames(names).map((name) => ({ name }));
}

async function labelsOf(
  list: CaseList,
  cases: readonly DraftCase[],
  { fallback, onProblem }: OpenDatasetOptions,
  notices: string[],
): Promise<Task["labels"]> {
  if (list.labels !== undefined) return list.labels;
  const { labelCodes } = list;
  if (labelCodes !== undefined) {
    if (fallback?.labels.length !== labelCodes.length) return labelsOfCodes(labelCodes, true);
    return fallback.labels.map((label, n) => ({ ...label, codes: [labelCodes[n]!] }));
  }
  if (fallback !== undefined) {
    notices.push("the list names no labels: its files' codes are taken to be those of the run");
    return fallback.labels;
  }
  const paths = cases.flatMap(({ labelPath }) => labelPath ?? []);
  // Cases to predict have none; a task wants two all the same.
  const codes = paths.length === 0 ? [0, 1] : await scanLabelCodes(paths, onProblem);
  const labels = labelsOfCodes(codes, false);
  if (paths.length > 0) {
    notices.push(
      `the list names no labels: its files hold the codes ${codes.join(", ")}, called ${
        labels.map(({ name }) => name).join(", ")
      } (data.labels names them)`,
    );
  }
  return labels;
}
