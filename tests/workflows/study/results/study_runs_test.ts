import { assertEquals, assertRejects } from "../../../deps.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import { savePlan, studyFolder } from "../../../../lib/workflows/study/plan/study_folder.ts";
import { studyRuns } from "../../../../lib/workflows/study/results/study_runs.ts";
import { inFolder, tinyPlan } from "../tiny_study.ts";

/** A study of which these runs have an evaluation. */
async function makeStudy(dir: string, methods: string[], done: string[]): Promise<void> {
  await savePlan(studyFolder(dir), await tinyPlan({ methods: methods as ["full"], seeds: [0, 1] }));
  for (const id of done) {
    await Deno.mkdir(`${dir}/runs/${id}`, { recursive: true });
    await Deno.writeTextFile(`${dir}/runs/${id}/evaluation.json`, "{}");
  }
}

Deno.test("studyRuns() gives the runs of a method that are done, and says how many", () =>
  inFolder(async (dir) => {
    await makeStudy(dir, ["standard", "full"], ["full-seed0", "full-seed1", "standard-seed1"]);
    const said: string[] = [], onNotice = (line: string) => void said.push(line);
    assertEquals(
      await studyRuns(dir, { method: "full", onNotice }),
      [`${dir}/runs/full-seed0`, `${dir}/runs/full-seed1`],
    );
    assertEquals(
      await studyRuns(dir, { method: "standard", onNotice }),
      [`${dir}/runs/standard-seed1`],
    );
    assertEquals(said, [
      "averaging 2 runs of full",
      "averaging 1 runs of standard; 1 are not done",
    ]);
    for (const [method, text] of [[undefined, "no method is named"], ["max", "no method max"]]) {
      await assertRejects(
        () => studyRuns(dir, { ...method !== undefined && { method } }),
        StudyError,
        `${text}, wanted one of standard, full`,
      );
    }
  }));

Deno.test("studyRuns() takes the only method, and refuses where nothing is done", () =>
  inFolder(async (dir) => {
    await makeStudy(dir, ["full"], []);
    await assertRejects(() => studyRuns(dir), StudyError, "none of its 2 runs of full is done");
    await makeStudy(dir, ["full"], ["full-seed0"]);
    assertEquals(await studyRuns(dir), [`${dir}/runs/full-seed0`]);
    await assertRejects(() => studyRuns(`${dir}/runs`), StudyError, "study.json");
  }));
