import { assertEquals, assertRejects, assertThrows } from "../../../deps.ts";
import { continuePlan, planIn } from "../../../../lib/workflows/study/plan/continue_plan.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import { savePlan, studyFolder } from "../../../../lib/workflows/study/plan/study_folder.ts";
import { madePlan } from "../made_results.ts";
import { inFolder } from "../tiny_study.ts";

Deno.test("continuePlan() keeps what there was, adds what is new, and says what", () => {
  const before = madePlan(["standard", "full"], [0]);
  const asked = { ...madePlan(["full", "max-style"], [0, 1]), trainingSubjects: [3, null] };
  const { plan, added } = continuePlan("d", before, asked);
  assertEquals(plan.methods, ["standard", "full", "max-style"]);
  assertEquals(plan.replicates.map(({ seed }) => seed), [0, 1]);
  assertEquals(plan.trainingSubjects, [3, null]);
  assertEquals(added, ["methods max-style", "replicates of seed 1", "10 runs in all"]);
  assertEquals(continuePlan("d", plan, before), { plan, added: [] });
});

Deno.test("continuePlan() refuses other settings and tests with the first that differs", () => {
  const before = { ...madePlan(["full"]), settings: { data: { size: 96 } } };
  const refuse = (asked: Partial<typeof before>, message: string) =>
    assertThrows(() => continuePlan("d", before, { ...before, ...asked }), StudyError, message);
  refuse({ settings: { data: { size: 64 } } }, "settings.data.size is 96 there and 64 here");
  refuse({ tests: [{ name: "x", dir: "/x", layout: "acdc" }] }, "tests is [] there");
});

Deno.test("continuePlan() lets a study be told to a tracker from some time on", () => {
  const before = { ...madePlan(["full"]), settings: { data: { size: 96 } } };
  const tracking = { mlflow: "/store" };
  const asked = { ...before, settings: { ...before.settings, tracking } };
  assertEquals(continuePlan("d", before, asked).plan.settings, asked.settings);
  assertEquals(continuePlan("d", asked, before).plan.settings, asked.settings);
});

Deno.test("continuePlan() takes another place for prepared cases, which changes no result", () => {
  const withCache = (cache: string) => ({ ...madePlan(["full"]), settings: { data: { cache } } });
  const { plan, added } = continuePlan("d", withCache("cases"), withCache("/data/cases"));
  assertEquals([plan.settings, added], [{ data: { cache: "/data/cases" } }, []]);
});

Deno.test("planIn() begins in a new or empty folder and goes on in a study's", () =>
  inFolder(async (dir) => {
    const folder = studyFolder(dir), plan = madePlan(["full"]);
    await Deno.writeTextFile(`${dir}/.lock`, "");
    assertEquals(await planIn(folder, plan), { plan, added: [] });
    assertEquals(await planIn(studyFolder(`${dir}/new`), plan), { plan, added: [] });
    await Deno.writeTextFile(`${dir}/notes.txt`, "mine");
    await assertRejects(() => planIn(folder, plan), StudyError, "it holds notes.txt");
    await savePlan(folder, plan);
    const { added } = await planIn(folder, madePlan(["standard"]));
    assertEquals(added, ["methods standard", "1 runs in all"]);
  }));
