import { assertEquals, assertThrows } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import {
  ACDC_CODES,
  CANONICAL_CODES,
  fromCanonicalLabels,
  toCanonicalLabels,
} from "../../../../lib/imaging/data/cases/label_codes.ts";

Deno.test("toCanonicalLabels() brings codes to one order, and fromCanonicalLabels() back", () => {
  const stored = Uint8Array.of(0, 1, 2, 3);
  assertEquals([...toCanonicalLabels(stored, ACDC_CODES, "x")], [0, 3, 2, 1]);
  assertEquals(fromCanonicalLabels(toCanonicalLabels(stored, ACDC_CODES, "x"), ACDC_CODES), stored);
  assertEquals(toCanonicalLabels([0, 3, 1], CANONICAL_CODES, "x"), Uint8Array.of(0, 3, 1));
});

Deno.test("toCanonicalLabels() names the file and the value that is no code", () => {
  assertThrows(
    () => toCanonicalLabels([0, 1.5], ACDC_CODES, "a_gt.nii"),
    DatasetError,
    "a_gt.nii: label value 1.5",
  );
  assertThrows(() => fromCanonicalLabels(Uint8Array.of(4), ACDC_CODES), RangeError, "label 4");
});
