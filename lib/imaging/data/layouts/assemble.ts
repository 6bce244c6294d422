/** The end of opening a data set, the same for every layout. */
import type { Dataset, FileCase } from "../cases/case_source.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import { fileCase } from "../cases/file_case.ts";
import { type Task, taskSchema } from "../../../base/task/task.ts";
import { basename, resolve } from "../../../base/deps/std.ts";
import type { GeometryChoice } from "../../../formats/nifti/geometry.ts";
import type { OpenDatasetOptions } from "./layout.ts";
import { namesakes } from "./namesakes.ts";
import { describeIssues, listed } from "./read_list.ts";

/** A case before it is known how it is read. */
export type DraftCase = Omit<FileCase, "load" | "outline">;

/** What a layout found. */
export interface Found {
  /** The data set's folder or list, for messages. */
  readonly path: string;
  readonly layout: string;
  /** The data set's name; absent: that of its folder. */
  readonly name?: string;
  /** What the data set says of itself. */
  readonly task: Task;
  readonly cases: readonly DraftCase[];
  /** The geometry where the caller names none. */
  readonly geometry?: GeometryChoice;
  readonly notices: readonly string[];
  /** What makes it useless, all told in one message. */
  readonly problems: readonly string[];
}

/**
 * Makes a data set of what was found. Images without a label are passed over, and told, where labels
 * are required.
 *
 * @throws {DatasetError} That tells every problem, ids that occur twice, or that nothing is left.
 */
export function assemble(found: Found, options: OpenDatasetOptions): Dataset<FileCase> {
  const { path, layout, cases } = found;
  const notices = [...found.notices];
  const problems = [...found.problems];
  const twice = [...Map.groupBy(cases, ({ id }) => id)].filter(([, own]) => own.length > 1)
    .map(([id]) => id);
  if (twice.length > 0) problems.push(`it lists ${listed(twice, ", ")} twice`);
  const { onProblem } = options;
  const passable = onProblem !== undefined && cases.length > 0;
  if (passable) problems.splice(0).forEach((problem) => onProblem(`${path}: ${problem}`));
  if (problems.length === 0 && options.task === undefined) {
    const checked = taskSchema.safeParse(found.task);
    if (!checked.success) problems.push(...describeIssues(checked.error, found.task));
  }
  if (problems.length > 0) throw new DatasetError(`Cannot use ${path}: ${listed(problems)}`);
  const labelled = cases.filter(isLabelled);
  const kept = options.labels === "optional" ? cases : labelled;
  const unlabelled = cases.filter((source) => !isLabelled(source)).map(({ id }) => id);
  if (kept.length === 0) {
    throw new DatasetError(
      `Cannot use ${path}: ` + (cases.length === 0
        ? `it holds no case (layout "${layout}")`
        : `none of its ${cases.length} images has a label (${listed(unlabelled, ", ")})`) +
        (notices.length > 0 ? `; ${notices.join("; ")}` : ""),
    );
  }
  if (kept.length < cases.length) {
    notices.push(
      `passed over ${unlabelled.length} image${unlabelled.length > 1 ? "s" : ""} without a label: ${
        listed(unlabelled, ", ")
      }`,
    );
  }
  notices.push(...namesakes(kept.map(({ subject }) => subject)), ...sameImages(kept));
  const task = options.task ?? found.task;
  const geometry = options.geometry ?? found.geometry;
  const reading = {
    task,
    ...(options.channels !== undefined && { channels: options.channels }),
    ...(geometry !== undefined && { geometry }),
  };
  return {
    name: found.name ?? basename(resolve(path)),
    layout,
    task,
    ...(geometry !== undefined && { geometry }),
    cases: kept.map((source) => fileCase({ ...source, ...reading })),
    notices,
  };
}

function isLabelled({ labelPath, labelMasks = [] }: DraftCase): boolean {
  return labelPath !== undefined || labelMasks.length > 0;
}

function sameImages(cases: readonly DraftCase[]): string[] {
  return [...Map.groupBy(cases, ({ imagePaths }) => imagePaths.join("\n")).values()]
    .filter((own) => own.length > 1)
    .map((own) => `the same image is listed as ${own.map(({ id }) => id).join(" and ")}`);
}
