/**
 * BIDS (Gorgolewski et al., Scientific Data 2016): images in
 * `sub-*\/[ses-*\/]<datatype>/*_<suffix>.nii.gz`, labels in `derivatives`: a `_dseg` with its table, or
 * masks as `_seg` and `_label-X_mask`. The domain of a subject is a column of `participants.tsv`, or a
 * key of its images' sidecars. Sessions and runs are frames of one subject.
 */
import type { Dataset, FileCase } from "../cases/case_source.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import { assemble, type DraftCase } from "./assemble.ts";
import { readDomains, readParticipants } from "./bids_domains.ts";
import { type BidsImage, channelGroups, chooseSuffixes, imagesOf } from "./bids_images.ts";
import { derivedFiles, filesOfLabel, labelsOfImage, meaningOf } from "./bids_labels.ts";
import { parseBidsName } from "./bids_names.ts";
import { entriesIfPresent, entriesIn, isFile, niftiStem } from "./folder_entries.ts";
import type {
  BidsOptions,
  CasePlace,
  Layout,
  OpenDatasetOptions,
  WritableCase,
  WrittenDataset,
} from "./layout.ts";
import { listed, parseValue, readJson } from "./read_list.ts";
import { safeName, uniqueNames, writeJson, writtenTask } from "./written_names.ts";
import { writeAtomically } from "../../../formats/files/write_atomically.ts";
import { basename, dirname, join, stringifyCsv } from "../../../base/deps/std.ts";
import type { Task } from "../../../base/task/task.ts";
import { z } from "../../../base/deps/zod.ts";

/** What a data set that Tandem wrote says of its images' suffixes; others ignore it. */
const description = z.object({
  Tandem: z.object({ image: z.array(z.string()).optional(), domain: z.string().optional() })
    .optional(),
});

const DESCRIPTION = "dataset_description.json";

/** The folder of `derivatives` that labels are written to. */
const LABELS = "derivatives/labels";

/** The layout of BIDS data sets. */
export const bids: Layout = {
  name: "bids",
  looksFor: "folders sub-X with sub-X_SUFFIX.nii.gz in anat and the like",

  async recognise(path: string): Promise<string | undefined> {
    const { folders, files } = await entriesIfPresent(path);
    const subjects = folders.filter((name) => name.startsWith("sub-"));
    if (subjects.length === 0) return undefined;
    if (files.includes(DESCRIPTION)) return `${DESCRIPTION} and ${subjects[0]}, as in BIDS`;
    for (const subject of subjects) {
      const [image] = await imagesOf(path, subject);
      if (image !== undefined) return `${basename(image.path)}, as in BIDS`;
    }
    return undefined;
  },

  async open(path: string, options: OpenDatasetOptions): Promise<Dataset<FileCase>> {
    const notices: string[] = [];
    const wanted = { ...await ownOptions(path), ...options.bids };
    const { folders } = await entriesIn(path);
    const subjects = folders.filter((name) => name.startsWith("sub-"));
    if (subjects.length === 0) {
      throw new DatasetError(`Cannot open ${path}: it holds no folder sub-X (layout "bids")`);
    }
    const images: BidsImage[] = [];
    for (const name of subjects) images.push(...await imagesOf(path, name));
    const derived = await derivedFiles(path, wanted.derivative);
    const bySubject = Map.groupBy(derived, ({ name }) => name.subject);
    const labelsFor = (image: BidsImage) =>
      labelsOfImage(image.name, bySubject.get(image.name.subject) ?? []);
    const suffixes = chooseSuffixes(path, images, (image) => labelsFor(image).own, wanted);
    const groups = channelGroups(images, suffixes);
    const incomplete = groups.filter((own) => own.some((image) => image === undefined));
    const complete = groups.filter((own) => own.every((image) => image !== undefined)) as [
      BidsImage,
      ...BidsImage[],
    ][];
    if (incomplete.length > 0) {
      notices.push(
        `passed over images without all of ${suffixes.join(", ")}: ${
          listed(incomplete.map((own) => basename(own.find((image) => image)!.path)), ", ")
        }`,
      );
    }
    const found = complete.map((channels) => channels.map(labelsFor));
    const elsewhere = new Set(found.flat().flatMap((label) => label.elsewhere.map((f) => f.path)));
    if (elsewhere.size > 0) {
      notices.push(
        `passed over labels in another space than their image: ${
          listed([...elsewhere].map((file) => basename(file)), ", ")
        }`,
      );
    }
    // The labels of a case are those of any of its channels.
    const labels = found.map((own) => [
      ...new Map(own.flatMap((label) => label.own).map((label) => [label.file.path, label]))
        .values(),
    ]);
    const meaning = await meaningOf(
      path,
      labels.filter((own) => own.length > 0),
      wanted,
      options,
      notices,
    );
    const without = await tellSubjects(path, subjects, complete, suffixes);
    if (without !== undefined) notices.push(without);
    const domains = await readDomains(path, wanted.domain, complete.map(([image]) => image.path));
    const cases = complete.map((channels, n): DraftCase => {
      const { subject, entities } = channels[0].name;
      const frame = entities.join("_") || "1";
      return {
        id: entities.length === 0 ? subject : `${subject}_${frame}`,
        subject,
        frame,
        domain: domains[n]!,
        imagePaths: channels.map((image) => image.path) as [string, ...string[]],
        ...filesOfLabel(labels[n]!, meaning),
      };
    });
    const task: Task = {
      ...meaning.task,
      channels: uniqueNames(suffixes).map((name) => ({ name })),
    };
    return assemble({ path, layout: "bids", task, cases, notices, problems: [] }, options);
  },

  place(source: WritableCase, { channels }: Task): CasePlace {
    const subject = `sub-${source.subject.replace(/^sub-/, "").replaceAll(/[^A-Za-z0-9+]/g, "")}`;
    const frame = source.frame === "1"
      ? []
      : /^[a-z]+-[A-Za-z0-9]+(_[a-z]+-[A-Za-z0-9]+)*$/i.test(source.frame)
      ? source.frame.split("_")
      : [`acq-${source.frame.replaceAll(/[^A-Za-z0-9]/g, "")}`];
    const repeat = source.repeat === undefined ? [] : [`desc-repeat${source.repeat}`];
    const session = frame.find((entity) => entity.startsWith("ses-"));
    const type = basename(dirname(source.imagePaths?.[0] ?? ""));
    const at = [subject, session, /^[a-z]+$/.test(type) ? type : "anat"]
      .filter((part) => part !== undefined).join("/");
    const stem = [subject, ...frame, ...repeat].join("_");
    const images = channels.map((_, n) => `${at}/${stem}_${suffixOf(source, channels, n)}.nii.gz`);
    return {
      images: images as [string, ...string[]],
      label: `${LABELS}/${at}/${stem}_dseg.nii.gz`,
    };
  },

  async finish(folder: string, { name, task, cases }: WrittenDataset): Promise<void> {
    const suffixes = task.channels.map((_, n) => suffixOf(cases[0]!, task.channels, n));
    await writeJson(folder, DESCRIPTION, {
      Name: name,
      BIDSVersion: "1.9.0",
      DatasetType: "derivative",
      GeneratedBy: [{ Name: "Tandem" }],
      Tandem: { image: suffixes, domain: "site" },
    });
    await Deno.mkdir(join(folder, LABELS), { recursive: true });
    await writeJson(join(folder, LABELS), DESCRIPTION, {
      Name: `${name} labels`,
      BIDSVersion: "1.9.0",
      DatasetType: "derivative",
      GeneratedBy: [{ Name: "Tandem" }],
    });
    const { labels, ignore } = writtenTask(task);
    const rows = [
      ...labels.map((label) => ({
        index: label.codes[0],
        name: label.name,
        color: label.colour ?? "n/a",
      })),
      ...(ignore === undefined ? [] : [{ index: ignore, name: "ignore", color: "n/a" }]),
    ];
    await writeAtomically(
      join(folder, LABELS, "dseg.tsv"),
      stringifyCsv(rows, ["index", "name", "color"], "\t"),
    );
    const participants = [...Map.groupBy(cases, ({ files }) => files.images[0].split("/")[0]!)]
      .map(([id, own]) => ({ participant_id: id, site: own[0]!.domain }));
    await writeAtomically(
      join(folder, "participants.tsv"),
      stringifyCsv(participants, ["participant_id", "site"], "\t"),
    );
  },
};

async function ownOptions(path: string): Promise<BidsOptions> {
  const file = join(path, DESCRIPTION);
  if (!await isFile(file)) return {};
  const { image, domain } = parseValue(description, await readJson(file), file).Tandem ?? {};
  return { ...(image !== undefined && { image }), ...(domain !== undefined && { domain }) };
}

/** Which subjects have no image, in a sentence. */
async function tellSubjects(
  path: string,
  folders: readonly string[],
  cases: readonly (readonly BidsImage[])[],
  suffixes: readonly string[],
): Promise<string | undefined> {
  const withImages = new Set(cases.map(([image]) => image!.name.subject));
  const participants = (await readParticipants(path)).keys();
  const without = [...new Set([...folders, ...participants])]
    .filter((subject) => !withImages.has(subject));
  if (without.length === 0) return undefined;
  return `passed over ${without.length} subjects without ${suffixes.join(", ")}: ${
    listed(without, ", ")
  }`;
}

/** The suffix of a written channel: that of its image, or its name. */
function suffixOf(
  { imagePaths = [] as unknown as [string] }: WritableCase,
  channels: Task["channels"],
  n: number,
): string {
  const stem = imagePaths.length === channels.length
    ? niftiStem(basename(imagePaths[n]!))
    : undefined;
  return parseBidsName(stem ?? "")?.suffix ??
    (safeName(channels[n]!.name).replaceAll(/[^A-Za-z0-9]/g, "") || `channel${n + 1}`);
}
