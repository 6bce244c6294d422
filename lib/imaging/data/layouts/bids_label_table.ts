/** What the codes of label maps in a BIDS data set stand for. */
import { DatasetError } from "../cases/dataset_error.ts";
import { entriesIfPresent, niftiStem } from "./folder_entries.ts";
import type { OpenDatasetOptions } from "./layout.ts";
import { listed, readTable } from "./read_list.ts";
import { labelsOfCodes } from "./read_case_list.ts";
import { scanLabelCodes } from "./scan_label_codes.ts";
import type { Task, TaskLabel } from "../../../base/task/task.ts";
import { basename, dirname, join, resolve } from "../../../base/deps/std.ts";

/** The labels of the table beside the files, or further up; undefined where there is none. */
export async function labelTable(
  path: string,
  files: readonly string[],
): Promise<Pick<Task, "labels" | "ignore"> | undefined> {
  // "bids/", "./bids" and "." are other words than the files' own folders have
  const root = resolve(path);
  const tables = new Map<string, Pick<Task, "labels" | "ignore">>();
  const folders = new Map<string, readonly string[]>();
  for (const file of files) {
    const stem = niftiStem(basename(file))!;
    // By the inheritance of BIDS: the nearest table whose name is part of the file's.
    for (let at = dirname(resolve(file)); at.length >= root.length; at = dirname(at)) {
      if (!folders.has(at)) folders.set(at, (await entriesIfPresent(at)).files);
      const table = folders.get(at)!.find((name) =>
        name.endsWith("dseg.tsv") &&
        name.slice(0, -".tsv".length).split("_").every((part) => stem.split("_").includes(part))
      );
      if (table === undefined) {
        if (dirname(at) === at) break;
        continue;
      }
      const where = join(at, table);
      if (!tables.has(where)) tables.set(where, await readLabelTable(where));
      break;
    }
  }
  const [first, ...others] = tables;
  const other = others.find(([, labels]) => JSON.stringify(labels) !== JSON.stringify(first![1]));
  if (other !== undefined) {
    throw new DatasetError(`Cannot use ${path}: ${first![0]} and ${other[0]} name other labels`);
  }
  return first?.[1];
}

async function readLabelTable(path: string): Promise<Pick<Task, "labels" | "ignore">> {
  const { rows, columns } = await readTable(path);
  const missing = ["index", "name"].filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw new DatasetError(
      `Cannot use ${path}: it has no column ${missing.join(", ")}, only ${columns.join(", ")}`,
    );
  }
  const wrong = rows.filter(({ index, name }) => !/^-?\d+$/.test(index!) || name === "");
  if (wrong.length > 0) {
    throw new DatasetError(
      `Cannot use ${path}: ${
        listed(wrong.map(({ index, name }) => `index "${index}" of "${name}"`))
      }: wanted a whole number and a name`,
    );
  }
  const labels = rows.map((row): TaskLabel => {
    const colour = row.color ?? row.colour ?? "";
    return {
      name: row.name!,
      codes: [Number(row.index)],
      ...(/^#[0-9a-f]{6}$/i.test(colour) && { colour }),
    };
  });
  const background = labels.find(({ codes }) => codes[0] === 0) ??
    { name: "background", codes: [0] };
  const ignore = labels.find(({ name }) => name === "ignore");
  const foreground = labels.filter((label) => label !== background && label !== ignore);
  return {
    labels: [background, ...foreground],
    ...(ignore !== undefined && { ignore: ignore.codes[0]! }),
  };
}

/** Labels that nothing names: those that are given, those of a run, or "label 1" and so on. */
export async function namedByCode(
  files: readonly string[],
  { task, fallback, onProblem }: Pick<OpenDatasetOptions, "task" | "fallback" | "onProblem">,
  notices: string[],
): Promise<Pick<Task, "labels">> {
  if (task !== undefined) return { labels: task.labels };
  if (fallback !== undefined) {
    notices.push("nothing names the labels: their codes are taken to be those of the run");
    return { labels: fallback.labels };
  }
  const labels = labelsOfCodes(await scanLabelCodes(files, onProblem), false);
  notices.push(
    `no dseg.tsv names the labels: they are called ${
      labels.slice(1).map(({ name }) => name).join(", ")
    } by their codes (data.labels names them)`,
  );
  return { labels };
}
