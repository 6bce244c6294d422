import { LabelCodeError, toClasses, toCodes } from "../../../lib/base/task/label_codes.ts";
import type { Task } from "../../../lib/base/task/task.ts";
import { assert, assertEquals, assertThrows } from "../../deps.ts";

const task = (codes: number[][], ignore?: number): Task => ({
  labels: codes.map((own, n) => ({ name: `label ${n}`, codes: own })),
  channels: [{ name: "image" }],
  ignore,
});

Deno.test("toClasses() brings codes to classes, and toCodes() back", () => {
  const coded = task([[0], [3], [2], [1]]);
  const stored = Uint8Array.of(0, 3, 3, 1, 2);
  assertEquals(toClasses(stored, coded, "x"), Uint8Array.of(0, 1, 1, 3, 2));
  assertEquals(toCodes(toClasses(stored, coded, "x"), coded), stored);
});

Deno.test("several codes are one class, and what is ignored is set apart", () => {
  const coded = task([[0], [5, 6]], 9);
  assertEquals(toClasses([0, 5, 6, 9], coded, "x"), Uint8Array.of(0, 1, 1, 255));
  assertEquals([...toCodes(Uint8Array.of(1, 255), coded)], [5, 9]);
});

Deno.test("values within 1e-3 of a whole number are that number", () => {
  assertEquals(toClasses([0.9995, 1e-4], task([[0], [1]]), "x"), Uint8Array.of(1, 0));
});

Deno.test("toClasses() names the file and every value that is no code", () => {
  assertThrows(
    () => toClasses([7, 0, 1.5, 7], task([[0], [1]]), "a_gt.nii"),
    LabelCodeError,
    "Cannot use a_gt.nii: label values 1.5, 7 are none of its codes (0 label 0, 1 label 1)",
  );
});

Deno.test("toCodes() takes the width that the codes need", () => {
  assertEquals([...toCodes(Uint8Array.of(1), task([[0], [500]]))], [500]);
  assert(toCodes(Uint8Array.of(1), task([[0], [255]])) instanceof Uint8Array);
  assert(toCodes(Uint8Array.of(1), task([[0], [500]])) instanceof Uint16Array);
  assert(toCodes(Uint8Array.of(1), task([[0], [-1]])) instanceof Int16Array);
  assert(toCodes(Uint8Array.of(1), task([[0], [70000]])) instanceof Int32Array);
  assertThrows(() => toCodes(Uint8Array.of(2), task([[0], [1]])), RangeError, "class 2");
  assertThrows(() => toCodes(Uint8Array.of(1), task([[0], []])), RangeError, "has no code");
});
