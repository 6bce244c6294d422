/**
 * nnU-Net's raw data sets (Isensee et al., Nature Methods 2021): `dataset.json` names channels and
 * labels, `imagesTr/CASE_0000.nii.gz` is the first channel of a case, `labelsTr/CASE.nii.gz` its
 * label; `imagesTs` and `labelsTs` hold the test cases. Version 2 has `channel_names`, `file_ending` and
 * perhaps `dataset` with paths of its own; version 1 has `modality`.
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
  writtenLabels,
} from "./dataset_json.ts";
import { entriesIfPresent, isFile } from "./folder_entries.ts";
import type {
  CasePlace,
  Layout,
  OpenDatasetOptions,
  WritableCase,
  WrittenDataset,
} from "./layout.ts";
import { listed, parseValue, readJson } from "./read_list.ts";
import { safeName, writeJson, writtenId } from "./written_names.ts";
import { join, resolve } from "../../../base/deps/std.ts";
import type { Task } from "../../../base/task/task.ts";
import { shortJson } from "../../../base/text/short_json.ts";
import { z } from "../../../base/deps/zod.ts";

const schema = z.object({
  name: z.string().optional(),
  channel_names: channelsSchema.optional(),
  modality: channelsSchema.optional(),
  labels: labelsSchema,
  file_ending: z.string().optional(),
  numTraining: z.number().optional(),
  dataset: z.record(
    z.string(),
    z.object({ images: z.array(z.string()).min(1), label: z.string() }),
  ).optional(),
  tandem: z.object({ cases: z.record(z.string(), identitySchema) }).optional(),
});

/** A case's name and files, before it is known whose it is. */
interface ListedFiles {
  readonly name: string;
  readonly part: "train" | "test";
  readonly images: [string, ...string[]];
  readonly label?: string;
}

/** The layout of nnU-Net's raw data sets. */
export const nnunet: Layout = {
  name: "nnunet",
  looksFor: "dataset.json with channel_names, or imagesTr/CASE_0000.nii.gz",

  async recognise(path: string): Promise<string | undefined> {
    if (!await isFile(join(path, DATASET_JSON))) return undefined;
    const { files } = await entriesIfPresent(join(path, "imagesTr"));
    const first = files.find((name) => /_0000\.\w/.test(name));
    let keys: string[] = [];
    let listedFirst: unknown;
    try {
      const value = await readJson(join(path, DATASET_JSON)) as Record<string, unknown>;
      keys = Object.keys(value);
      listedFirst = (value.training as { image?: unknown }[] | undefined)?.[0]?.image;
    } catch {
      // What is wrong with the file is told when it is opened.
    }
    if (keys.includes("channel_names")) return `${DATASET_JSON} with channel_names, as in nnU-Net`;
    if (first === undefined) return undefined;
    // The Decathlon's lists name files that are there; those of nnU-Net's first version do not.
    if (typeof listedFirst === "string" && await isFile(resolve(path, listedFirst))) {
      return undefined;
    }
    return `${DATASET_JSON} and imagesTr/${first}, as in nnU-Net`;
  },

  async open(path: string, options: OpenDatasetOptions): Promise<Dataset<FileCase>> {
    const listPath = join(path, DATASET_JSON);
    const list = parseValue(schema, await readJson(listPath), listPath);
    const problems: string[] = [];
    const notices: string[] = [];
    const names = list.channel_names ?? list.modality;
    if (names === undefined) {
      problems.push(`key "channel_names" is missing (in the first version "modality")`);
    } else if (Object.keys(names).length === 0) problems.push("channel_names names no channel");
    if (list.channel_names !== undefined && list.file_ending === undefined) {
      problems.push(`key "file_ending" is missing`);
    }
    const ending = list.file_ending ?? ".nii.gz";
    if (ending !== ".nii.gz" && ending !== ".nii") {
      problems.push(
        `file_ending is ${shortJson(ending)}: Tandem reads .nii.gz and .nii, so convert the ` +
          "images first",
      );
    }
    const task: Task = { ...labelsOf(list.labels, problems), channels: channelsOf(names ?? {}) };
    // What files are missing could only be told wrongly.
    if (problems.length > 0) {
      throw new DatasetError(`Cannot use ${listPath}: ${listed(problems)}`);
    }
    const count = task.channels.length;
    const tests = await entriesIfPresent(join(path, "imagesTs"));
    // A set of test cases alone has no imagesTr.
    const wanted = tests.files.length === 0 || list.numTraining !== 0;
    const files = [
      ...list.dataset === undefined
        ? await casesIn(path, "Tr", ending, count, { problems, notices, wanted })
        : await casesOf(path, list.dataset, count, problems),
      ...await casesIn(path, "Ts", ending, count, { problems, notices, wanted: false }),
    ];
    const training = files.filter(({ part }) => part === "train").length;
    if (list.numTraining !== undefined && list.numTraining !== training) {
      notices.push(
        `${DATASET_JSON} tells of ${list.numTraining} training cases, there are ${training}`,
      );
    }
    const known = list.tandem?.cases;
    const identities = identify(files.map(({ name }) => name), (name) => known?.[name], notices);
    const cases = files.map(({ part, images, label }, n): DraftCase => ({
      ...identities[n]!,
      part,
      imagePaths: images,
      ...(label !== undefined && { labelPath: label }),
    }));
    return assemble({ path, layout: "nnunet", task, cases, notices, problems }, options);
  },

  place(source: WritableCase, { channels }: Task): CasePlace {
    const [name, part] = [caseName(source), source.part === "test" ? "Ts" : "Tr"];
    const images = channels.map((_, n) => `images${part}/${name}_${channelNumber(n)}.nii.gz`);
    return { images: images as [string, ...string[]], label: `labels${part}/${name}.nii.gz` };
  },

  async finish(folder: string, { name, task, cases }: WrittenDataset): Promise<void> {
    const labels = writtenLabels(task);
    await writeJson(folder, DATASET_JSON, {
      name,
      channel_names: writtenChannels(task),
      labels,
      ...(task.regions !== undefined && { regions_class_order: regionOrder(labels) }),
      numTraining: cases.filter(({ part }) => part !== "test").length,
      file_ending: ".nii.gz",
      tandem: {
        cases: Object.fromEntries(cases.map((source) => {
          const { subject, frame, domain } = source;
          return [caseName(source), { id: writtenId(source), subject, frame, domain }];
        })),
      },
    });
  },
};

function caseName(source: WritableCase): string {
  return safeName(writtenId(source));
}

function channelNumber(n: number): string {
  return String(n).padStart(4, "0");
}

/** For each region the code that is left to it by those that follow; nnU-Net writes them in turn. */
function regionOrder(labels: Readonly<Record<string, number | number[]>>): number[] {
  const regions = Object.entries(labels)
    .filter(([name, codes]) => name !== "ignore" && codes !== 0)
    .map(([, codes]) => [codes].flat());
  return regions.map((codes, n) =>
    codes.find((value) => !regions.slice(n + 1).some((later) => later.includes(value))) ?? codes[0]!
  );
}

/** The cases of `imagesTr` or `imagesTs`, with what is missing told. */
async function casesIn(
  path: string,
  part: "Tr" | "Ts",
  ending: string,
  channels: number,
  { problems, notices, wanted }: { problems: string[]; notices: string[]; wanted: boolean },
): Promise<ListedFiles[]> {
  const [images, labels] = [`images${part}`, `labels${part}`];
  const { files } = await entriesIfPresent(join(path, images));
  const pattern = /^(.+)_(\d{4})$/;
  const matches = files.filter((file) => file.endsWith(ending))
    .map((file) => pattern.exec(file.slice(0, -ending.length)))
    .filter((match) => match !== null);
  const others = files.length - matches.length;
  if (others > 0) {
    notices.push(`passed over ${others} files of ${images} not named CASE_0000${ending}`);
  }
  const byCase = Map.groupBy(matches, ([, name]) => name!);
  if (wanted && byCase.size === 0) {
    problems.push(`${images} holds no CASE_0000${ending}`);
  }
  const { files: labelFiles } = await entriesIfPresent(join(path, labels));
  const labelled = new Set(labelFiles);
  const alone = labelFiles.filter((file) =>
    file.endsWith(ending) && !byCase.has(file.slice(0, -ending.length))
  );
  if (alone.length > 0) {
    notices.push(`passed over labels of ${labels} without an image: ${listed(alone, ", ")}`);
  }
  return [...byCase].map(([name, own]) => {
    const numbers = new Set(own.map((match) => Number(match[2])));
    const numbered = Array.from({ length: channels }, (_, n) => n);
    const missing = numbered.filter((n) => !numbers.has(n));
    if (missing.length > 0) {
      const names = missing.map((n) => `${name}_${channelNumber(n)}${ending}`);
      problems.push(`${images}: the channel ${names.join(", ")} is missing`);
    }
    const surplus = [...numbers].filter((n) => n >= channels);
    if (surplus.length > 0) {
      const names = surplus.map((n) => `${name}_${channelNumber(n)}${ending}`);
      problems.push(`${images}: ${names.join(", ")} is none of the ${channels} channels`);
    }
    const at = numbered.map((n) => join(path, images, `${name}_${channelNumber(n)}${ending}`));
    return {
      name,
      part: part === "Tr" ? "train" : "test",
      images: at as [string, ...string[]],
      ...(labelled.has(name + ending) && { label: join(path, labels, name + ending) }),
    };
  });
}

/** The training cases of the key `dataset`, which names each file. */
async function casesOf(
  path: string,
  dataset: NonNullable<z.infer<typeof schema>["dataset"]>,
  channels: number,
  problems: string[],
): Promise<ListedFiles[]> {
  const cases: ListedFiles[] = [];
  for (const [name, { images, label }] of Object.entries(dataset)) {
    if (images.length !== channels) {
      problems.push(
        `dataset.${name} has ${images.length} images, wanted ${channels}, one a channel`,
      );
    }
    const at = (file: string) => resolve(path, file);
    for (const file of [...images, label]) {
      if (!await isFile(at(file))) problems.push(`dataset.${name}: there is no file ${at(file)}`);
    }
    cases.push({
      name,
      part: "train",
      images: images.map(at) as [string, ...string[]],
      label: at(label),
    });
  }
  return cases;
}
