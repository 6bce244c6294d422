import { assert, assertEquals, assertThrows } from "../../../deps.ts";
import { dealFolds } from "../../../../lib/imaging/data/splits/folds.ts";
import { checkSplit } from "../../../../lib/imaging/data/splits/split.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";

const subjects = Array.from({ length: 11 }, (_, n) => `p${String(n).padStart(2, "0")}`);
const deal = (fold: number, more = {}, seed = 3) =>
  dealFolds(subjects, RandomStream.fromSeed(seed), {
    ...{ folds: 4, fold, validationFraction: 0.25, ...more },
  });

Deno.test("dealFolds() tests on every subject once, and uses each in one part", () => {
  const splits = [0, 1, 2, 3].map((fold) => deal(fold));
  assertEquals(splits.flatMap(({ test }) => test).sort(), subjects);
  assertEquals(splits.map(({ test }) => test.length), [3, 3, 3, 2]);
  assertEquals(splits.map(({ validation }) => validation.length), [2, 2, 2, 2]);
  for (const split of splits) {
    checkSplit(split, "fold");
    assertEquals([...split.train, ...split.validation, ...split.test].sort(), subjects);
  }
  assert(deal(0).test.join() !== deal(0, {}, 4).test.join());
});

Deno.test("dealFolds() depends neither on the order of names nor on duplicates", () => {
  const twice = [...subjects, ...subjects].reverse();
  const choice = { folds: 4, fold: 2, validationFraction: 0.25 };
  assertEquals(dealFolds(twice, RandomStream.fromSeed(3), choice), deal(2));
});

Deno.test("dealFolds() validates on one where the share is small, and on none where it is 0", () => {
  assertEquals(deal(0, { validationFraction: 0.01 }).validation.length, 1);
  assertEquals(deal(0, { validationFraction: 0 }).validation, []);
  assertEquals(deal(0, { validationFraction: 0 }).train.length, 8);
});

Deno.test("dealFolds() refuses parts that there cannot be", () => {
  const refuse = (fold: number, more: object, text: string) =>
    assertThrows(() => deal(fold, more), RangeError, text);
  refuse(0, { folds: 12 }, "folds is 12, wanted 2 to the number of subjects, 11");
  refuse(0, { folds: 1 }, "folds is 1");
  refuse(4, {}, "fold is 4, wanted 0 to 3");
  refuse(0, { validationFraction: 1.5 }, "validationFraction is 1.5");
  refuse(0, { validationFraction: 1 }, "none to train on");
});
