import { assert, assertEquals, assertThrows, fc } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import {
  checkSplit,
  divideSubjects,
  dropLeaks,
  selectSubjects,
} from "../../../../lib/imaging/data/splits/split.ts";
import { RandomStream } from "../../../../lib/base/random/random_stream.ts";
import { tinyHeart } from "../tiny_heart.ts";

Deno.test("checkSplit() names subjects in two parts, and dropLeaks() takes them out", () => {
  const leaky = { train: ["a", "b"], validation: ["b", "c", "d"], test: ["d", "e"] };
  const error = assertThrows(() => checkSplit(leaky, "mine"), DatasetError, "split mine");
  assert(error.message.includes("b (train and validation)"));
  assert(error.message.includes("d (validation and test)"));
  const { split, dropped } = dropLeaks(leaky);
  assertEquals([dropped, split.validation], [["b", "d"], ["c"]]);
  checkSplit(split, "mine");
});

Deno.test("divideSubjects() puts each subject in one part, whatever the order of cases", () => {
  const names = fc.uniqueArray(fc.string({ maxLength: 4 }), { minLength: 3, maxLength: 40 });
  fc.assert(fc.property(names, fc.nat(), (subjects, seed) => {
    const rng = () => RandomStream.fromSeed(seed);
    const split = divideSubjects([...subjects, ...subjects], rng());
    checkSplit(split, "random");
    const all = [...split.train, ...split.validation, ...split.test].sort();
    assertEquals(all, [...subjects].sort());
    assert(split.train.length > 0 && split.validation.length > 0 && split.test.length > 0);
    assertEquals(divideSubjects([...subjects].reverse(), rng()), split);
  }));
});

Deno.test("divideSubjects() keeps to the shares", () => {
  const subjects = Array.from({ length: 20 }, (_, n) => `s${n}`);
  const sizes = (train: number, validation: number, test: number) => {
    const split = divideSubjects(subjects, RandomStream.fromSeed(1), { train, validation, test });
    return [split.train.length, split.validation.length, split.test.length];
  };
  assertEquals(sizes(0.6, 0.2, 0.2), [12, 4, 4]);
  assertEquals(sizes(0.8, 0.2, 0), [16, 4, 0]);
  assertEquals(sizes(0.5, 0.1, 0), [10, 2, 0]);
  assertThrows(() => sizes(0.8, 0.2, 0.2), RangeError, "sum of at most 1");
  assertThrows(
    () => divideSubjects(["a", "b"], RandomStream.fromSeed(1)),
    RangeError,
    "there are 2",
  );
});

Deno.test("selectSubjects() gives their cases and names absent subjects", () => {
  const cases = ["p1", "p2"].map((id) => tinyHeart(undefined, id).source);
  assertEquals(selectSubjects(cases, ["p2"]).map(({ id }) => id), ["p2_ED"]);
  assertThrows(() => selectSubjects(cases, ["p2", "p9"]), DatasetError, "holds no p9");
});
