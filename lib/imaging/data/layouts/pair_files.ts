/** Images and their labels among files that no list names, told from names. */

/** An image and its label. */
export interface FilePair {
  readonly image: string;
  readonly label: string;
}

/** What names tell. */
export interface PairedFiles {
  readonly pairs: readonly FilePair[];
  /** Files that have no partner, or several. */
  readonly others: readonly string[];
}

const LABEL_WORDS =
  "gt|ground[_-]?truth|truth|segs?|segmentations?|labels?|labelmaps?|masks?|manual|" +
  "annotations?|roi";
const IMAGE_WORDS = "images?|imgs?|im|scans?|volumes?|0000";

const LABEL_END = new RegExp(`(?:^|[_. -])(?:${LABEL_WORDS})$`, "i");
const IMAGE_END = new RegExp(`(?:^|[_. -])(?:${IMAGE_WORDS})$`, "i");
const LABEL_FOLDER = new RegExp(`^(?:${LABEL_WORDS})(?:tr)?$`, "i");
const IMAGE_FOLDER = new RegExp(`^(?:${IMAGE_WORDS}|data|raw)(?:tr)?$`, "i");

/**
 * Finds images and their labels: files of one name but for its end (`p1.nii.gz` and `p1_seg.nii.gz`), in
 * one folder or in folders of images and labels beside each other (`images/p1.nii.gz` and
 * `labels/p1.nii.gz`).
 *
 * @param paths Relative to the data set, with forward slashes.
 *
 * @example
 * ```ts
 * import { pairFiles } from "./pair_files.ts";
 *
 * const { pairs } = pairFiles(["p1.nii.gz", "p1_seg.nii.gz", "p2.nii.gz"]);
 * if (pairs.length !== 1 || pairs[0]!.label !== "p1_seg.nii.gz") throw new Error();
 * ```
 */
export function pairFiles(paths: readonly string[]): PairedFiles {
  const groups = Map.groupBy(paths.map(meaningOf), ({ key }) => key);
  const pairs: FilePair[] = [], others: string[] = [];
  for (const files of groups.values()) {
    const images = files.filter(({ isLabel }) => !isLabel);
    const labels = files.filter(({ isLabel }) => isLabel);
    if (images.length === 1 && labels.length === 1) {
      pairs.push({ image: images[0]!.path, label: labels[0]!.path });
    } else others.push(...files.map(({ path }) => path));
  }
  return { pairs, others };
}

/** What a file is, and what it shares with its partner. */
function meaningOf(path: string): { path: string; key: string; isLabel: boolean } {
  const folders = path.split("/"), name = folders.pop()!.replace(/\.nii(\.gz)?$/i, "");
  let isLabel = false;
  const shared = folders.map((folder) => {
    if (LABEL_FOLDER.test(folder)) isLabel = true;
    else if (!IMAGE_FOLDER.test(folder)) return folder;
    return "";
  });
  const stem = name.replace(LABEL_END, "");
  if (stem !== name) isLabel = true;
  return { path, key: [...shared, stem.replace(IMAGE_END, "")].join("/"), isLabel };
}
