/** Which files of a BIDS data set's derivatives are the labels of its images, and what they mean. */
import type { LabelMask } from "../cases/case_source.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import { labelTable, namedByCode } from "./bids_label_table.ts";
import { type BidsName, labelOf, parseBidsName } from "./bids_names.ts";
import { entriesIfPresent, niftiStem } from "./folder_entries.ts";
import type { BidsOptions, OpenDatasetOptions } from "./layout.ts";
import type { Task } from "../../../base/task/task.ts";
import { readNifti } from "../../../formats/nifti/read_nifti.ts";
import { basename, join } from "../../../base/deps/std.ts";

/** A NIfTI file of the derivatives. */
export interface DerivedFile {
  readonly path: string;
  readonly name: BidsName;
  /** The folder of `derivatives` it lies in. */
  readonly derivative: string;
}

/** A label of one image. */
export interface FoundLabel {
  readonly file: DerivedFile;
  readonly kind: string;
}

/** What the labels of a data set mean. */
export interface LabelMeaning {
  readonly task: Pick<Task, "labels" | "ignore">;
  /** A lone label file, by its kind, or masks by theirs, with their codes; the later wins. */
  readonly kinds: readonly { readonly kind: string; readonly code?: number }[];
}

/** Every NIfTI file of the derivatives, or of the one that is named. */
export async function derivedFiles(path: string, only?: string): Promise<DerivedFile[]> {
  const at = join(path, "derivatives");
  const { folders } = await entriesIfPresent(at);
  if (only !== undefined && !folders.includes(only)) {
    throw new DatasetError(
      `Cannot use ${path}: there is no derivatives/${only} (bids.derivative), wanted one of ${
        folders.join(", ") || "none that are there"
      }`,
    );
  }
  const found: DerivedFile[] = [];
  const walk = async (folder: string, derivative: string, depth: number) => {
    const { folders, files } = await entriesIfPresent(folder);
    for (const file of files) {
      const name = parseBidsName(niftiStem(file) ?? "");
      if (name !== undefined) found.push({ path: join(folder, file), name, derivative });
    }
    // derivatives/NAME/sub-X/ses-Y/anat
    if (depth < 4) {
      for (const inner of folders) await walk(join(folder, inner), derivative, depth + 1);
    }
  };
  for (const folder of folders.filter((name) => only === undefined || name === only)) {
    // Some keep the subjects right in derivatives.
    await walk(join(at, folder), folder.startsWith("sub-") ? "." : folder, 1);
  }
  return found;
}

/** The labels among some files of an image's subject, those in another space told apart. */
export function labelsOfImage(image: BidsName, files: readonly DerivedFile[]) {
  const own: FoundLabel[] = [];
  const elsewhere: DerivedFile[] = [];
  const space = image.entities.find((entity) => entity.startsWith("space-"));
  for (const file of files) {
    const label = labelOf(image, file.name);
    if (label === undefined) continue;
    // A space that the image names, too, is not left over in the label.
    const named = file.name.entities.find((entity) => entity.startsWith("space-"));
    if (label.space !== undefined || (space !== undefined && named !== space)) elsewhere.push(file);
    else own.push({ file, kind: label.kind });
  }
  return { own, elsewhere };
}

/**
 * What the labels mean: as the options say, by the table of a `_dseg`, or by the kinds of masks.
 *
 * @param byImage The labels of each image that has any.
 * @throws {DatasetError} If there is more than one way to read them; the message says how to choose.
 */
export async function meaningOf(
  path: string,
  byImage: readonly (readonly FoundLabel[])[],
  options: BidsOptions,
  opening: OpenDatasetOptions,
  notices: string[],
): Promise<LabelMeaning> {
  const all = byImage.flat();
  const kinds = [...new Set(all.map(({ kind }) => kind))].sort();
  if (options.labels !== undefined) {
    const absent = options.labels.filter(({ suffix }) => !kinds.includes(suffix));
    if (absent.length > 0 && opening.labels !== "optional") {
      throw new DatasetError(
        `Cannot use ${path}: no label ends in ${
          absent.map(({ suffix }) => `_${suffix}`).join(", ")
        } (bids.labels); there are ${kinds.map((kind) => `_${kind}`).join(", ") || "none"}`,
      );
    }
    refuseTwice(path, byImage, options.labels.map(({ suffix }) => suffix));
    return masks(options.labels.map(({ name, suffix }) => ({ name, kind: suffix })));
  }
  refuseTwice(path, byImage, kinds);
  const maps = kinds.filter((kind) => /(^|_)dseg$/.test(kind));
  if (maps.length > 1) {
    throw new DatasetError(
      `Cannot use ${path}: its images have several label maps (${
        maps.map((kind) => `_${kind}`).join(", ")
      }); name one by bids.labels, or its folder by bids.derivative`,
    );
  }
  const [map] = maps;
  if (map !== undefined) {
    if (kinds.length > 1) {
      notices.push(`labels are ${map}; passed over ${kinds.filter((k) => k !== map).join(", ")}`);
    }
    const files = all.filter(({ kind }) => kind === map).map(({ file }) => file.path);
    const labels = await labelTable(path, files) ?? await namedByCode(files, opening, notices);
    return { task: labels, kinds: [{ kind: map }] };
  }
  return await meaningOfMasks(path, byImage, kinds, opening, notices);
}

async function meaningOfMasks(
  path: string,
  byImage: readonly (readonly FoundLabel[])[],
  kinds: readonly string[],
  opening: OpenDatasetOptions,
  notices: string[],
): Promise<LabelMeaning> {
  const { task, fallback } = opening;
  const files = byImage.flat().map(({ file }) => file.path);
  const [kind] = kinds;
  if (kind === undefined) {
    // Nothing but images: what they are to be segmented into is not for them to say.
    return fallback === undefined
      ? masks([{ name: "label", kind: "dseg" }])
      : { task: { labels: fallback.labels }, kinds: [{ kind: "dseg" }] };
  }
  if (kinds.length === 1) {
    // A task that is given saves reading the files.
    const are = task?.labels.every(({ codes }) => codes.every((code) => code === 0 || code === 1));
    if (!(are ?? await areMasks(files))) {
      return { task: await namedByCode(files, opening, notices), kinds: [{ kind }] };
    }
    const name = fallback?.labels.length === 2 ? fallback.labels[1]!.name : nameOfKind(kind);
    notices.push(`the label is _${kind}, called ${name} (bids.labels names it)`);
    return masks([{ name, kind }]);
  }
  // Where masks are nested, the inner one has to be laid over the outer one.
  const first = byImage.find((own) => kinds.every((k) => own.some((label) => label.kind === k))) ??
    byImage[0]!;
  const sizes = new Map<string, number>();
  for (const { file, kind } of first) {
    const size = await maskSize(file.path);
    if (size === undefined) {
      throw new DatasetError(
        `Cannot use ${file.path}: it holds other values than 0 to 1, wanted a mask, beside ${
          kinds.filter((other) => other !== kind).map((other) => `_${other}`).join(", ")
        } (bids.labels chooses among them)`,
      );
    }
    sizes.set(kind, size);
  }
  const ordered = [...kinds].sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0));
  notices.push(
    `the labels of ${basename(path)} are masks: ${ordered.map((k) => `_${k}`).join(", ")}; where ` +
      "they overlap the smaller one counts (bids.labels names and orders them)",
  );
  return masks(ordered.map((own) => ({ name: nameOfKind(own), kind: own })));
}

async function areMasks(files: readonly string[]): Promise<boolean> {
  for (const file of files) if (await maskSize(file) === undefined) return false;
  return true;
}

/** Voxels of a mask above a half; undefined for a file of other values than 0 to 1. */
async function maskSize(path: string): Promise<number | undefined> {
  let count = 0;
  for (const value of (await readNifti(path)).volume.data) {
    if (!(value >= 0 && value <= 1)) return undefined;
    if (value > 0.5) count++;
  }
  return count;
}

function masks(kinds: readonly { readonly name: string; readonly kind: string }[]): LabelMeaning {
  return {
    task: {
      labels: [
        { name: "background", codes: [0] },
        ...kinds.map(({ name }, n) => ({ name, codes: [n + 1] })),
      ],
    },
    kinds: kinds.map(({ kind }, n) => ({ kind, code: n + 1 })),
  };
}

/** `SC` of "label-SC_mask"; other kinds are their own names. */
function nameOfKind(kind: string): string {
  return /(?:^|_)label-([^_]+)_/.exec(kind)?.[1] ?? kind;
}

/** The files of an image's label: one of whole labels, or masks. */
export function filesOfLabel(
  own: readonly FoundLabel[],
  { kinds }: LabelMeaning,
): { labelPath?: string; labelMasks?: readonly LabelMask[] } | undefined {
  const chosen = kinds.map(({ kind }) => own.find((label) => label.kind === kind)?.file.path);
  if (chosen.some((file) => file === undefined)) return undefined;
  if (kinds[0]?.code === undefined) return { labelPath: chosen[0]! };
  return { labelMasks: chosen.map((file, n) => ({ path: file!, code: kinds[n]!.code! })) };
}

function refuseTwice(
  path: string,
  byImage: readonly (readonly FoundLabel[])[],
  kinds: readonly string[],
): void {
  for (const kind of kinds) {
    const twice = byImage.map((own) => own.filter((label) => label.kind === kind))
      .find((own) => own.length > 1);
    if (twice === undefined) continue;
    throw new DatasetError(
      `Cannot use ${path}: an image has two labels _${kind}: ${
        twice.map(({ file }) => file.path).join(" and ")
      } (bids.derivative chooses among ${
        [...new Set(twice.map(({ file }) => file.derivative))].join(", ")
      })`,
    );
  }
}
