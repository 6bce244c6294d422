/** The names of BIDS files: `sub-01_ses-2_run-1_T2w.nii.gz`. */

/** A file's name, taken apart. */
export interface BidsName {
  readonly subject: string;
  /** Its entities but the subject, as "ses-2", in the file's order. */
  readonly entities: readonly string[];
  /** The last part, as "T2w", "dseg" or "seg-manual". */
  readonly suffix: string;
}

/** Entities that a label may have beyond those of its image. */
const LABEL_ENTITIES = /^(space|desc|label|res|den|seg|hemi)-/;

/** What is left of a label's name when those of its image are taken away. */
export interface LabelName {
  /** What kind of label it is, as "dseg", "seg-manual" or "label-SC_mask". */
  readonly kind: string;
  /** The space it lies in, where it says one. */
  readonly space?: string;
}

/** Takes the stem of a file's name apart; undefined where it is no BIDS name. */
export function parseBidsName(stem: string): BidsName | undefined {
  const [subject, ...parts] = stem.split("_");
  const suffix = parts.pop();
  if (suffix === undefined || !/^sub-[A-Za-z0-9+]+$/.test(subject!)) return undefined;
  return { subject: subject!, entities: parts, suffix };
}

/**
 * What kind of label of an image a file is, or undefined where it is none: its name has all entities
 * of the image and perhaps the image's suffix, and beyond them what labels may have.
 */
export function labelOf(image: BidsName, label: BidsName): LabelName | undefined {
  if (label.subject !== image.subject) return undefined;
  if (image.entities.some((entity) => !label.entities.includes(entity))) return undefined;
  const rest = label.entities.filter((part) =>
    part !== image.suffix && !image.entities.includes(part)
  );
  if (rest.some((part) => !LABEL_ENTITIES.test(part))) return undefined;
  const space = rest.find((part) => part.startsWith("space-"));
  const own = rest.filter((part) => !/^(space|res|den)-/.test(part));
  return {
    kind: [...own, label.suffix].join("_"),
    // "orig" is the image's own.
    ...(space !== undefined && space !== "space-orig" && { space }),
  };
}

/** Whether the name of a label holds the suffix of its image, as `sub-01_T2w_seg` does. */
export function namesSuffix(label: BidsName, suffix: string): boolean {
  return label.entities.includes(suffix);
}
