import { assertEquals, assertRejects, assertThrows } from "../../../deps.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import { allTestSets, studyTestSets } from "../../../../lib/workflows/study/plan/study_sets.ts";
import { MNMS_TASK } from "../../../../lib/imaging/data/layouts/cardiac.ts";
import { inFolder, tinyHeart, writeHeart } from "../../../imaging/data/tiny_heart.ts";

Deno.test("studyTestSets() names sets after the data set, and after the domain where there are more", () =>
  inFolder(async (dir) => {
    for (const subject of ["A1", "B2"]) {
      for (const frame of ["ED", "ES"]) {
        await writeHeart(`${dir}/${subject}`, `${subject}_sa_${frame}`);
      }
    }
    const tests = [{ name: "far away", dir, layout: "mnms" as const }];
    const setsOf = async () =>
      [...await studyTestSets(tests, MNMS_TASK)].map((
        [name, { kind, cases }],
      ) => [name, kind, cases.length]);
    assertEquals(await setsOf(), [["far away", "cross", 4]]);
    await Deno.writeTextFile(`${dir}/info.csv`, "External code,Vendor\nA1,B\nB2,C\n");
    assertEquals(await setsOf(), [
      ["far away vendor B", "cross", 2],
      ["far away vendor C", "cross", 2],
    ]);
  }));

Deno.test("studyTestSets() refuses two sets of one name", () =>
  inFolder(async (dir) => {
    for (const subject of ["A1", "B2"]) {
      for (const frame of ["ED", "ES"]) {
        await writeHeart(`${dir}/one/${subject}`, `${subject}_sa_${frame}`);
      }
    }
    await Deno.mkdir(`${dir}/two`);
    await writeHeart(`${dir}/two/A1`, "A1_sa_ED");
    await writeHeart(`${dir}/two/A1`, "A1_sa_ES");
    await Deno.writeTextFile(`${dir}/one/info.csv`, "External code,Vendor\nA1,B\nB2,C\n");
    const tests = [["far", "one"], ["far vendor B", "two"]].map(([name = "", folder]) => ({
      ...{ name, dir: `${dir}/${folder}`, layout: "mnms" as const },
    }));
    await assertRejects(
      () => studyTestSets(tests, MNMS_TASK),
      StudyError,
      "another test has this name",
    );
  }));

Deno.test("allTestSets() refuses the names of a run's own sets and of columns", () => {
  const { source } = tinyHeart();
  const own = { task: MNMS_TASK, test: new Map([["site A", [source]]]), division: { others: {} } };
  const cases = own as never;
  const withSet = (name: string) =>
    allTestSets(
      cases,
      { evaluation: { artifacts: true } as never },
      new Map([[name, { kind: "cross", cases: [source] }]]),
    );
  assertEquals([...withSet("far").keys()].slice(0, 1), ["site A"]);
  for (const name of ["site A", "RandBias", "cross", "average"]) {
    assertThrows(() => withSet(name), StudyError, `Cannot test on ${name}`);
  }
});
