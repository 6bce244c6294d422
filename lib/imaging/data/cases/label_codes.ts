/** The codes of label maps: each data set has its own order, Tandem has one. */
import { DatasetError } from "./dataset_error.ts";

/** Names of the classes in Tandem's order: background, LV cavity, LV myocardium, RV cavity. */
export const CLASS_NAMES = ["BG", "LV", "MYO", "RV"] as const;

/** The classes as artifacts know them. */
export const CLASS_LABELS = [
  { name: "BG" },
  { name: "LV", role: "blood" },
  { name: "MYO", role: "muscle" },
  { name: "RV", role: "blood" },
] as const;

/** The code that files use for each class, in the order of {@linkcode CLASS_NAMES}. */
export type LabelCodes = readonly [number, number, number, number];

/** 0 background, 1 LV, 2 MYO, 3 RV: Tandem's own, and that of M&Ms. */
export const CANONICAL_CODES: LabelCodes = [0, 1, 2, 3];

/** 0 background, 1 RV, 2 MYO, 3 LV: that of ACDC. */
export const ACDC_CODES: LabelCodes = [0, 3, 2, 1];

/**
 * Maps a file's codes to classes 0-3.
 *
 * @param values Voxels of a label file.
 * @param name The file, for the message.
 * @throws {DatasetError} If a value is none of the codes.
 */
export function toCanonicalLabels(
  values: ArrayLike<number>,
  codes: LabelCodes,
  name: string,
): Uint8Array {
  const labels = new Uint8Array(values.length);
  for (let n = 0; n < values.length; n++) {
    const found = codes.indexOf(values[n]!);
    if (found < 0) {
      throw new DatasetError(
        `Cannot use ${name}: label value ${values[n]} is none of its codes (${
          codes.map((code, c) => `${code} ${CLASS_NAMES[c]}`).join(", ")
        })`,
      );
    }
    labels[n] = found;
  }
  return labels;
}

/**
 * Maps classes 0-3 to a file's codes; undoes {@linkcode toCanonicalLabels}.
 *
 * @throws {RangeError} If a label is not a class.
 */
export function fromCanonicalLabels(labels: Uint8Array, codes: LabelCodes): Uint8Array {
  return labels.map((label) => {
    const code = codes[label];
    if (code === undefined) {
      throw new RangeError(`Cannot write label ${label}: wanted a class from 0 to 3`);
    }
    return code;
  });
}
