import { assert, assertEquals, assertThrows } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { findSplit, NAMED_SPLITS } from "../../../../lib/imaging/data/splits/named_splits.ts";
import { checkSplit, dropLeaks } from "../../../../lib/imaging/data/splits/split.ts";

Deno.test("the named splits have ten training, five validation and twenty test subjects", () => {
  for (const { train, validation, test } of Object.values(NAMED_SPLITS)) {
    assertEquals([train.length, validation.length, test.length], [10, 5, 20]);
  }
});

Deno.test("checkSplit() passes runs 0, 2 and 3 and refuses the leaks of 1 and 4", () => {
  for (const run of [0, 2, 3]) checkSplit(findSplit(`acdc-10/cval${run}`), "clean");
  const leaks = { 1: ["patient002", "patient022"], 4: ["patient022"] };
  for (const [run, wanted] of Object.entries(leaks)) {
    const split = findSplit(`acdc-10/cval${run}`);
    const error = assertThrows(() => checkSplit(split, "leaky"), DatasetError);
    assert(wanted.every((subject) => error.message.includes(subject)));
    assertEquals(dropLeaks(split).dropped, wanted);
  }
});

Deno.test("findSplit() lists the names there are", () => {
  assertThrows(() => findSplit("acdc-11"), RangeError, "acdc-10/cval0");
});
