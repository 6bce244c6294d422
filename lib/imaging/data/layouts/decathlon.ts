/**
 * The Medical Segmentation Decathlon (Antonelli et al., Nature Communications 2022): `dataset.json`
 * lists images and labels; where an image has several channels, they are its fourth axis.
 */
import type { Dataset, FileCase } from "../cases/case_source.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import { assemble, type DraftCase } from "./assemble.ts";
import {
  channelsOf,
  channelsSchema,
  DATASET_JSON,
  identify,
  identitySchema,
  labelsOf,
  labelsSchema,
  writtenChannels,
} from "./dataset_json.ts";
import { isFile, niftiStem } from "./folder_entries.ts";
import type {
  CasePlace,
  Layout,
  OpenDatasetOptions,
  WritableCase,
  WrittenDataset,
} from "./layout.ts";
import { nnunet } from "./nnunet.ts";
import { listed, parseValue, readJson } from "./read_list.ts";
import { safeName, writeJson, writtenId } from "./written_names.ts";
import { basename, join, relative, resolve } from "../../../base/deps/std.ts";
import type { Task } from "../../../base/task/task.ts";
import { z } from "../../../base/deps/zod.ts";

const entry = z.union([
  z.string(),
  identitySchema.extend({ image: z.string(), label: z.string().optional() }),
]);
const schema = z.object({
  name: z.string().optional(),
  modality: channelsSchema,
  labels: labelsSchema,
  training: z.array(entry),
  test: z.array(entry).optional(),
});

/** The layout of the Medical Segmentation Decathlon. */
export const decathlon: Layout = {
  name: "decathlon",
  looksFor: "dataset.json with a list training of images and labels",

  async recognise(path: string): Promise<string | undefined> {
    if (!await isFile(join(path, DATASET_JSON))) return undefined;
    if (await nnunet.recognise(path) !== undefined) return undefined;
    return `${DATASET_JSON}, as in the Medical Segmentation Decathlon`;
  },

  async open(path: string, options: OpenDatasetOptions): Promise<Dataset<FileCase>> {
    const listPath = join(path, DATASET_JSON);
    const list = parseValue(schema, await readJson(listPath), listPath);
    const problems: string[] = [];
    const notices: string[] = [];
    if (Object.keys(list.modality).length === 0) problems.push("modality names no channel");
    const task: Task = { ...labelsOf(list.labels, problems), channels: channelsOf(list.modality) };
    const named = [...list.training, ...list.test ?? []].map(entryOf)
      .flatMap(({ image, label }) => label === undefined ? [image] : [image, label]);
    const outside = named.filter((file) =>
      /^\.\.([\\/]|$)/.test(relative(path, resolve(path, file)))
    );
    if (outside.length > 0) {
      throw new DatasetError(
        `Cannot use ${listPath}: it names files outside its folder (${
          listed(outside, ", ")
        }); layout ` +
          "folder takes a list of files from anywhere",
      );
    }
    const test = [];
    for (const item of (list.test ?? []).map(entryOf)) {
      if (await isFile(resolve(path, item.image))) test.push({ ...item, part: "test" as const });
    }
    const absent = (list.test ?? []).length - test.length;
    if (absent > 0) {
      notices.push(`passed over ${absent} images of the list test that are not there`);
    }
    const items = [...list.training.map(entryOf), ...test]
      // What macOS leaves beside files.
      .filter(({ image }) => !basename(image).startsWith("._"));
    for (const [n, { image, label }] of items.entries()) {
      if (n >= items.length - test.length) break;
      for (const file of [image, ...label === undefined ? [] : [label]]) {
        if (!await isFile(resolve(path, file))) {
          problems.push(`training: there is no file ${resolve(path, file)}`);
        }
      }
    }
    const names = items.map(({ image }) => niftiStem(basename(image)) ?? basename(image));
    const told = new Map(items.map((item, n) => [names[n]!, identitySchema.parse(item)]));
    const identities = identify(names, (name) => told.get(name), notices);
    const cases = items.map(({ image, label }, n): DraftCase => ({
      ...identities[n]!,
      imagePaths: [resolve(path, image)],
      ...(label !== undefined && { labelPath: resolve(path, label) }),
    }));
    return assemble({ path, layout: "decathlon", task, cases, notices, problems }, options);
  },

  place(source: WritableCase): CasePlace {
    const name = `${safeName(writtenId(source))}.nii.gz`;
    return { images: [`imagesTr/${name}`], label: `labelsTr/${name}` };
  },

  async finish(folder: string, { name, task, cases }: WrittenDataset): Promise<void> {
    const training = cases.map((source) => {
      const { files: { images: [image], label }, subject, frame, domain, part } = source;
      return {
        image: `./${image}`,
        ...(label !== undefined && { label: `./${label}` }),
        id: writtenId(source),
        ...{ subject, frame, domain, part },
      };
    });
    const { ignore } = task;
    await writeJson(folder, DATASET_JSON, {
      name,
      tensorImageSize: task.channels.length > 1 ? "4D" : "3D",
      modality: writtenChannels(task),
      labels: Object.fromEntries([
        ...task.labels.map((label) => [String(label.codes[0]), label.name]),
        ...(ignore === undefined ? [] : [[String(ignore), "ignore"]]),
      ]),
      numTraining: training.length,
      numTest: 0,
      training,
      test: [],
    });
  },
};

function entryOf(item: z.infer<typeof entry>) {
  return typeof item === "string" ? { image: item, label: undefined } : item;
}
