import { assertEquals, assertStringIncludes } from "../../deps.ts";
import { loadPlan, studyFolder } from "../../../lib/workflows/study/plan/study_folder.ts";
import { pageProgressSchema } from "../../../lib/workflows/view/page_progress.ts";
import { StudyFollower } from "../../../lib/workflows/view/study_progress.ts";
import { inFolder } from "../../imaging/data/tiny_heart.ts";
import { writeSyntheticStudy } from "../study/synthetic_study.ts";

Deno.test("StudyFollower.look() tells what is done, runs, failed and is left", () =>
  inFolder(async (dir) => {
    await writeSyntheticStudy(dir, { seeds: [0], trainingSubjects: [3, null] });
    const plan = (await loadPlan(studyFolder(dir)))!;
    const before = await new StudyFollower(dir, plan).look();
    assertEquals(new Set(before.jobs.map(({ state }) => state)), new Set(["done"]));
    const [failed, left, running] = before.jobs.map(({ id }) => id);
    for (const id of [failed, left, running]) {
      await Deno.remove(`${dir}/runs/${id}/evaluation.json`);
      await Deno.remove(`${dir}/runs/${id}/log.jsonl`).catch(() => {});
    }
    await Deno.remove(`${dir}/runs/${running}/config.json`);
    await Deno.writeTextFile(`${dir}/runs/${failed}.failed.txt`, "the disk is full\n");
    const line = JSON.stringify({ step: 1, epoch: 1, seconds: 1 });
    await Deno.writeTextFile(`${dir}/runs/${running}/log.jsonl`, `${line}\n`);
    const { kind, jobs } = await new StudyFollower(dir, plan).look();
    assertEquals(jobs.slice(0, 3), [
      { id: failed!, state: "failed", step: 0, hasRun: true, reason: "the disk is full" },
      { id: left!, state: "left", step: 0, hasRun: true },
      { id: running!, state: "running", step: 1, hasRun: false },
    ]);
    pageProgressSchema.parse({ kind, jobs });
    await Deno.writeTextFile(`${dir}/runs/${running}/log.jsonl`, `{"epoch":1}\n`);
    const broken = (await new StudyFollower(dir, plan).look()).jobs[2]!;
    assertStringIncludes(broken.reason!, "log.jsonl: line 1");
  }));
