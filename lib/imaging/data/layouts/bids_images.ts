/** The images of a BIDS data set, and which of them are the channels of a case. */
import { shortText } from "../../../base/text/short_text.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import type { FoundLabel } from "./bids_labels.ts";
import { type BidsName, namesSuffix, parseBidsName } from "./bids_names.ts";
import { entriesIn, niftiStem } from "./folder_entries.ts";
import type { BidsOptions } from "./layout.ts";
import { join } from "../../../base/deps/std.ts";

/** An image file. */
export interface BidsImage {
  readonly path: string;
  readonly name: BidsName;
}

/** The images of a subject, in its sessions and data types. */
export async function imagesOf(path: string, subject: string): Promise<BidsImage[]> {
  const images: BidsImage[] = [];
  const walk = async (folder: string, depth: number) => {
    const { folders, files } = await entriesIn(folder);
    for (const file of files) {
      const name = parseBidsName(niftiStem(file) ?? "");
      if (name?.subject === subject) images.push({ path: join(folder, file), name });
    }
    if (depth < 2) { for (const inner of folders) await walk(join(folder, inner), depth + 1); }
  };
  await walk(join(path, subject), 0);
  return images;
}

/** The suffix of each channel: as the options say, the only one, or the one that labels name. */
export function chooseSuffixes(
  path: string,
  images: readonly BidsImage[],
  labelsFor: (image: BidsImage) => readonly FoundLabel[],
  { image: wanted }: BidsOptions,
): string[] {
  const there = [...new Set(images.map(({ name }) => name.suffix))].sort();
  if (wanted !== undefined) {
    const suffixes = [wanted].flat();
    const absent = suffixes.filter((suffix) => !there.includes(suffix));
    if (absent.length === 0 && suffixes.length > 0) return suffixes;
    throw new DatasetError(
      `Cannot use ${path}: no image ends in ${
        shortText(absent.map((s) => `_${s}`).join(", "))
      } (bids.image); ` +
        `there are ${there.map((s) => `_${s}`).join(", ") || "none"}`,
    );
  }
  if (there.length === 0) {
    throw new DatasetError(
      `Cannot use ${path}: its folders sub-X hold no image sub-X_SUFFIX.nii.gz`,
    );
  }
  if (there.length === 1) return there;
  const named = there.filter((suffix) =>
    images.some((image) =>
      image.name.suffix === suffix &&
      labelsFor(image).some(({ file }) => namesSuffix(file.name, suffix))
    )
  );
  if (named.length === 1) return named;
  throw new DatasetError(
    `Cannot use ${path}: its images end in ${
      there.map((s) => `_${s}`).join(", ")
    }; choose one, or ` +
      "one a channel, by bids.image",
  );
}

/** The images of each subject and frame, one a suffix, undefined where it is missing. */
export function channelGroups(images: readonly BidsImage[], suffixes: readonly string[]) {
  const used = images.filter(({ name }) => suffixes.includes(name.suffix));
  const byFrame = Map.groupBy(used, ({ name }) => [name.subject, ...name.entities].join("_"));
  return [...byFrame.values()].map((own) =>
    suffixes.map((suffix) => own.find(({ name }) => name.suffix === suffix))
  );
}
