import { assertEquals, assertThrows } from "../../../deps.ts";
import { ConfigError } from "../../../../lib/base/config/config_error.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { type SplitCase, splitOfFile } from "../../../../lib/imaging/data/splits/split_file.ts";

const CASES: readonly SplitCase[] = ["p1", "p2", "p3", "p4"].flatMap((subject) =>
  ["ED", "ES"].map((frame): SplitCase => ({
    id: `${subject}_${frame}`,
    subject,
    part: subject === "p4" ? "test" : "train",
    imagePaths: [`/data/imagesTr/file_${subject}_${frame}_0000.nii.gz`],
  }))
);

function split(list: unknown, { fold = 0, cases = CASES } = {}) {
  const notices: string[] = [];
  const text = typeof list === "string" ? list : JSON.stringify(list);
  const onNotice = (line: string) => notices.push(line);
  return { ...splitOfFile(text, { path: "s.json", fold, cases, onNotice }), notices };
}

Deno.test("splitOfFile() takes nnU-Net's list: validation is val, and the data set's test cases are tested on", () => {
  const list = [
    { train: ["p1_ED", "p1_ES", "p2_ED", "p2_ES"], val: ["p3_ED", "p3_ES"] },
    { train: ["p3_ED", "p3_ES"], val: ["p1_ED", "p1_ES"] },
  ];
  assertEquals(split(list), {
    train: ["p1", "p2"],
    validation: ["p3"],
    test: ["p4"],
    notices: [],
  });
  const second = split(list, { fold: 1, cases: CASES.slice(0, 6) });
  assertEquals(second.test, []);
  assertEquals(second.notices, ["1 subjects are in no part of the division: p2"]);
  assertThrows(() => split(list, { fold: 2 }), ConfigError, "data.fold is 2, s.json lists 2");
});

Deno.test("splitOfFile() takes names of subjects, cases and files, and whole subjects alone", () => {
  const whole = { train: ["p1", "p2"], val: [], test: ["p3", "p4"] };
  const wanted = { train: ["p1", "p2"], validation: [], test: ["p3", "p4"], notices: [] };
  assertEquals(split(whole), wanted, "a lone division");
  assertEquals(split("\uFEFF" + JSON.stringify([whole])), wanted);
  const files = ["ED", "ES"].map((frame) => `file_p1_${frame}.nii.gz`);
  assertEquals(split([{ train: files, validation: ["p2"], test: [] }]).train, ["p1"]);
  const { train, notices } = split([{ train: ["p1_ED", "p2"], val: ["p3"], test: ["p4"] }]);
  assertEquals(train, ["p1", "p2"]);
  assertEquals(notices, ["subjects of whom not all images are listed are taken whole: p1"]);
});

Deno.test("splitOfFile() refuses a division with all that is wrong in it", () => {
  for (
    const [list, text] of [
      ["{", "it is no JSON"],
      ["null", "it is null"],
      ["[]", "s.json"],
      [[{ val: ["p1"] }], "s.json"],
      [[{ train: ["p1", "p9"], val: ["P2", "p3"], test: ["x"] }], "does not hold: p9, P2, x"],
      [
        [{ train: ["p1_ED", "p2_ED"], val: ["p1_ES"], test: ["p2"] }],
        "p1 (train and validation), p2 (train and test)",
      ],
      [[{ train: ["p4", "p1"], val: ["p2"] }], "p4 (train and test)"],
      [[{ train: [], val: ["p2"] }], "nothing to train on"],
    ] as const
  ) {
    assertThrows(() => split(list), DatasetError, text);
  }
});

Deno.test("splitOfFile() names a few of many unknown cases, long names cut", () => {
  const train = Array.from({ length: 500 }, (_, n) => `${n}${"x".repeat(1e5)}`);
  const error = assertThrows(() => split([{ train }]), DatasetError, "and 488 more");
  assertEquals(error.message.length < 10_000, true);
});
