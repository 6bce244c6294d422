import { assert, assertEquals, assertThrows } from "../../../deps.ts";
import { ConfigError } from "../../../../lib/base/config/config_error.ts";
import { parseConfig } from "../../../../lib/base/config/parse_config.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { NAMED_SPLITS } from "../../../../lib/imaging/data/splits/named_splits.ts";
import { chooseSplit } from "../../../../lib/imaging/data/splits/choose_split.ts";

const names = (count: number) => Array.from({ length: count }, (_, n) => `p${n}`);
const choose = (data: Record<string, unknown>, count = 12) =>
  chooseSplit(parseConfig({ data }).data, names(count), () => {});

/** Refuses, naming the key. */
function refuse(data: Record<string, unknown>, keyPath: string, text: string, count?: number) {
  const error = assertThrows(() => choose(data, count), ConfigError, text);
  assertEquals((error as ConfigError).keyPath, keyPath);
}

Deno.test("chooseSplit() trains on some of the subjects, fewer of them among more", () => {
  const whole = choose({});
  const some = [1, 3, 5, 7].map((trainingSubjects) => choose({ trainingSubjects }));
  assertEquals(some.map(({ train }) => train.length), [1, 3, 5, 7]);
  some.forEach(({ train, validation, test }, n) => {
    const more = some[n + 1] ?? whole;
    assert(train.every((subject) => more.train.includes(subject)), `${train} in ${more.train}`);
    assertEquals({ validation, test }, { validation: whole.validation, test: whole.test });
  });
  const firsts = [0, 1, 2, 3, 4, 5].map((seed) => choose({ seed, trainingSubjects: 1 }).train[0]);
  assert(new Set(firsts).size > 1, `always ${firsts[0]}`);
  refuse({ trainingSubjects: 9 }, "data.trainingSubjects", "the division has 8 of them");
});

Deno.test("chooseSplit() takes some of a named split's training subjects too", () => {
  const split = "acdc-10/cval0", named = NAMED_SPLITS[split]!;
  const { train, ...rest } = choose({ split, trainingSubjects: 3 });
  assert(train.length === 3 && train.every((subject) => named.train.includes(subject)));
  assertEquals(rest, { validation: named.validation, test: named.test });
  refuse({ split, trainingSubjects: 11 }, "data.trainingSubjects", "has 10 of them");
});

Deno.test("chooseSplit() deals subjects to folds, each tested on once", () => {
  const folds = [0, 1, 2].map((fold) => choose({ folds: 3, fold }));
  assertEquals(folds.flatMap(({ test }) => test).sort(), names(12).sort());
  assertEquals(folds.map(({ train, validation }) => [train.length, validation.length]), [
    ...[[7, 1], [7, 1], [7, 1]],
  ]);
  assertEquals(choose({ folds: 3, trainingSubjects: 2 }).train.length, 2);
  assertEquals(choose({ folds: 3, trainingSubjects: 2 }).test, folds[0]!.test);
});

Deno.test("chooseSplit() refuses folds that there are not, or beside a split", () => {
  refuse({ folds: 3, fold: 3 }, "data.fold", "data.fold is 3, wanted 0 to 2");
  refuse({ fold: 1 }, "data.fold", "without data.folds");
  refuse(
    { folds: 3, split: "acdc-10/cval0" },
    "data.folds",
    "data.folds 3 and data.split acdc-10/cval0",
  );
  refuse({ folds: 3, validationFraction: 1 }, "data.validationFraction", "none to train on");
  const few = (data: Record<string, unknown>, count: number, wanted: number) =>
    assertThrows(() => choose(data, count), DatasetError, `wanted at least ${wanted}`);
  few({ folds: 5 }, 4, 5);
  few({ folds: 2 }, 2, 3);
  assertEquals(choose({ folds: 2, validationFraction: 0 }, 2).train.length, 1);
});

Deno.test("chooseSplit() takes a file's division, and what the data set keeps for tests", () => {
  const cases = names(12).map((subject, n) => ({
    id: subject,
    subject,
    part: n < 10 ? "train" as const : "test" as const,
  }));
  const notices: string[] = [];
  const divide = (data: Record<string, unknown>, splitText = "") =>
    chooseSplit(
      parseConfig({ data }).data,
      names(12),
      (line) => notices.push(line),
      { cases, splitText },
    );
  const list = JSON.stringify([{ train: ["p3"], val: ["p4"] }, {
    train: ["p0", "p1"],
    val: ["p2"],
  }]);
  assertEquals(divide({ splitFile: "s.json", fold: 1, trainingSubjects: 2 }, list), {
    train: ["p0", "p1"],
    validation: ["p2"],
    test: ["p10", "p11"],
  });
  refuse({ splitFile: "s.json", folds: 3 }, "data.folds", "data.folds 3 and data.splitFile s.json");
  const { train, validation, test } = divide({});
  assertEquals([train.length, validation.length, test], [8, 2, ["p10", "p11"]]);
  assertEquals(notices.at(-1), "tested on the 2 subjects that the data set keeps for tests");
  const folds = [0, 1].map((fold) => divide({ folds: 2, fold }).test);
  assertEquals(folds.flat().sort(), names(10));
  const kept = names(2).map((subject) => ({ id: subject, subject, part: "test" as const }));
  assertThrows(
    () => chooseSplit(parseConfig({}).data, names(2), () => {}, { cases: kept }),
    DatasetError,
    "all of its 2 subjects are kept for tests",
  );
});
