/** What predictions are scored against: labels in a folder, or those of a data set. */
import type { ResolvedConfig } from "../../base/config/config_schema.ts";
import { ConfigError } from "../../base/config/config_error.ts";
import { dirname, join, relative, resolve } from "../../base/deps/std.ts";
import { type Task, taskSchema } from "../../base/task/task.ts";
import type { GeometryChoice } from "../../formats/nifti/geometry.ts";
import type { LabelMask } from "../../imaging/data/cases/case_source.ts";
import { DatasetError } from "../../imaging/data/cases/dataset_error.ts";
import { openDataset } from "../../imaging/data/cases/open_dataset.ts";
import {
  DATASET_JSON,
  identify,
  labelsOf,
  labelsSchema,
} from "../../imaging/data/layouts/dataset_json.ts";
import { isFile } from "../../imaging/data/layouts/folder_entries.ts";
import { labelsOfCodes } from "../../imaging/data/layouts/read_case_list.ts";
import { listed, parseValue, readJson } from "../../imaging/data/layouts/read_list.ts";
import { scanLabelCodes } from "../../imaging/data/layouts/scan_label_codes.ts";
import { z } from "../../base/deps/zod.ts";
import type { LayoutName } from "../../names.ts";
import { niftiFilesIn } from "../runs/nifti_files_in.ts";

/** The label of a case. */
export interface Reference {
  readonly id: string;
  readonly subject: string;
  readonly frame: string;
  /** The set that it is scored in. */
  readonly domain: string;
  /** One label file, or a mask a label. */
  readonly paths: readonly [string, ...string[]];
  /** What the masks mean; empty for a label file. */
  readonly masks: readonly LabelMask[];
  /** Files by whose names a prediction may be called: its labels and images. */
  readonly namesakes: readonly string[];
  /** The same from the folder on, where a prediction may lie at the same place. */
  readonly places: readonly string[];
}

/** All that predictions are scored against. */
export interface References {
  readonly task: Task;
  readonly cases: readonly Reference[];
  /** What of NIfTI headers says where voxels lie. */
  readonly geometry: GeometryChoice;
  readonly notices: readonly string[];
}

/** Settings that say what label files hold. */
export type ReferenceSettings = Pick<
  ResolvedConfig["data"],
  "labels" | "ignore" | "geometry" | "bids"
>;

/** Where labels lie. */
export interface ReferencePlace {
  /** A folder of label files. */
  readonly labels?: string;
  /** A data set, in place of it. */
  readonly data?: string;
  /** How that lies there; `auto`, the default, recognises it. */
  readonly layout?: LayoutName | "auto";
  /** The folder of the predictions, whose `dataset.json` may name the labels. */
  readonly predictions: string;
}

/**
 * Finds the labels of all cases, and what their codes mean: as settings say, as `dataset.json` beside
 * the labels, above them or beside the predictions says, or as the data set's layout does. Where nothing
 * does, labels are called by their codes.
 *
 * @throws {DatasetError | NiftiError} If there are none, or the data set cannot be used.
 * @throws {ConfigError} If `data.labels` makes no task.
 */
export async function findReferences(
  place: ReferencePlace,
  settings: ReferenceSettings,
): Promise<References> {
  return place.data === undefined
    ? await labelsIn(place as ReferencePlace & { labels: string }, settings)
    : await labelsOfDataset(place as ReferencePlace & { data: string }, settings);
}

async function labelsOfDataset(
  { data, layout = "auto" }: ReferencePlace & { data: string },
  { labels, ignore, geometry, bids }: ReferenceSettings,
): Promise<References> {
  const options = {
    labels: "optional" as const,
    ...geometry !== "auto" && { geometry },
    ...bids !== null && { bids: bids as NonNullable<Parameters<typeof openDataset>[2]>["bids"] },
    ...labels !== null && { fallback: { labels, channels: [{ name: "image" }] } },
  };
  const own = await openDataset(data, layout, options);
  const given = labels !== null || ignore !== null;
  const task = given ? settledTask(own.task, { labels, ignore }, data) : own.task;
  const dataset = given ? await openDataset(data, layout, { ...options, task }) : own;
  const root = (await Deno.stat(data)).isFile ? dirname(data) : data;
  const cases = dataset.cases.flatMap((source): Reference[] => {
    const { id, subject, frame, domain, imagePaths, labelPath, labelMasks = [] } = source;
    const paths = labelPath === undefined ? labelMasks.map(({ path }) => path) : [labelPath];
    if (paths.length === 0) return [];
    const namesakes = [...labelPath === undefined ? [] : [labelPath], ...imagePaths];
    return [{
      ...{ id, subject, frame, domain },
      paths: paths as [string, ...string[]],
      masks: labelPath === undefined ? labelMasks : [],
      namesakes,
      places: namesakes.map((path) => relative(resolve(root), resolve(path))),
    }];
  });
  const unlabelled = dataset.cases.length - cases.length;
  if (cases.length === 0) throw new DatasetError(`Cannot score by ${data}: it holds no label`);
  return {
    task,
    cases,
    geometry: dataset.geometry ?? geometry,
    notices: [
      ...dataset.notices,
      ...unlabelled > 0 ? [`passed over ${unlabelled} cases of ${data} without a label`] : [],
    ],
  };
}

async function labelsIn(
  { labels: folder, predictions }: ReferencePlace & { labels: string },
  settings: ReferenceSettings,
): Promise<References> {
  const found = await niftiFilesIn(folder).catch((cause) => {
    throw new DatasetError(`Cannot open ${folder}: ${cause.message}`, { cause });
  });
  // Where labels lie among images or predictions, their names tell them.
  const paths = found.labels.length > 0 ? found.labels : found.images;
  if (paths.length === 0) {
    throw new DatasetError(`Cannot score by ${folder}: it holds no NIfTI file`);
  }
  const places = paths.map((path) => relative(resolve(folder), resolve(path)));
  const notices = [...found.lost];
  const names = places.map((place) => place.replace(/(_gt)?\.nii(\.gz)?$/i, ""));
  const identities = identify(names, () => undefined, notices);
  const { task, notice } = await taskOf(
    paths,
    [folder, dirname(resolve(folder)), predictions],
    settings,
  );
  return {
    task,
    cases: paths.map((path, n) => ({
      ...identities[n]!,
      domain: "labels",
      paths: [path],
      masks: [],
      namesakes: [path],
      places: [places[n]!],
    })),
    geometry: settings.geometry,
    notices: [...notices, ...notice === undefined ? [] : [notice]],
  };
}

const channels = [{ name: "image" }];

/** What the codes of label files in a folder mean. */
async function taskOf(
  paths: readonly string[],
  folders: readonly string[],
  settings: ReferenceSettings,
): Promise<{ task: Task; notice?: string }> {
  const { labels } = settings;
  if (labels !== null) return { task: settledTask({ labels, channels }, settings, "data.labels") };
  for (const folder of folders) {
    const path = join(folder, DATASET_JSON);
    if (!await isFile(path)) continue;
    const list = parseValue(z.object({ labels: labelsSchema }), await readJson(path), path);
    const problems: string[] = [];
    const task = { ...labelsOf(list.labels, problems), channels };
    if (problems.length > 0) throw new DatasetError(`Cannot use ${path}: ${listed(problems)}`);
    return { task: settledTask(task, settings, path), notice: `labels are those of ${path}` };
  }
  const codes = (await scanLabelCodes(paths)).filter((code) => code !== settings.ignore);
  const task = settledTask({ labels: labelsOfCodes(codes, false), channels }, settings, paths[0]!);
  return {
    task,
    notice: `nothing names the labels: they are called by their codes, ${codes.join(", ")} ` +
      `(${DATASET_JSON} or data.labels names them)`,
  };
}

function settledTask(
  task: Task,
  { labels, ignore }: Pick<ReferenceSettings, "labels" | "ignore">,
  where: string,
): Task {
  const parsed = taskSchema.safeParse({
    ...task,
    ...labels !== null && { labels, regions: undefined },
    ...ignore !== null && { ignore },
  });
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    "data.labels",
    `Cannot use the labels of ${where}: ${parsed.error.issues[0]!.message}`,
  );
}
