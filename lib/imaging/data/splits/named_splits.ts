/**
 * The splits of Chen et al. (MICCAI 2021) on ACDC with ten training subjects, as their code draws
 * them (cross-validation runs 0 to 4). Runs 1 and 4 validate on subjects they train on: `checkSplit`
 * refuses them as they are, `dropLeaks` takes those subjects out of validation.
 */
import { unknownName } from "../../../base/text/unknown_name.ts";
import type { Split } from "./split.ts";

/** The last four of each pathology group of twenty. */
const TEST = [
  ...["007", "008", "009", "010", "027", "028", "029", "030", "047", "048", "049", "050"],
  ...["067", "068", "069", "070", "087", "088", "089", "090"],
];

function split(train: string, validation: string): Split {
  const names = (numbers: readonly string[]) => numbers.map((number) => `patient${number}`).sort();
  return {
    train: names(train.split(" ")),
    validation: names(["011", "071", ...validation.split(" ")]),
    test: names(TEST),
  };
}

/** Every split by name. */
export const NAMED_SPLITS: Readonly<Record<string, Split>> = {
  "acdc-10/cval0": split("073 061 012 053 046 044 022 092 004 001", "062 095 082"),
  "acdc-10/cval1": split("002 041 001 033 006 024 022 021 025 086", "002 022 095"),
  "acdc-10/cval2": split("093 046 084 073 013 024 043 052 021 033", "002 062 095"),
  "acdc-10/cval3": split("053 084 082 023 044 046 001 021 004 061", "022 062 095"),
  "acdc-10/cval4": split("046 086 001 004 072 022 021 053 002 006", "022 062 082"),
};

/** The split of this name; throws RangeError, with the names there are, where there is none. */
export function findSplit(name: string): Split {
  if (!Object.hasOwn(NAMED_SPLITS, name)) {
    throw new RangeError(
      `Cannot find a split: ${unknownName("split", name, Object.keys(NAMED_SPLITS))}`,
    );
  }
  return NAMED_SPLITS[name]!;
}
