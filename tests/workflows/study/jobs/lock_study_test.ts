import { assertRejects } from "../../../deps.ts";
import { lockStudy } from "../../../../lib/workflows/study/jobs/lock_study.ts";
import { runStudy } from "../../../../lib/workflows/study/jobs/run_study.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import { fakeRuns, inFolder, tinyPlan } from "../tiny_study.ts";

Deno.test("lockStudy() holds a study until it is let go of", () =>
  inFolder(async (dir) => {
    {
      using _lock = await lockStudy(dir);
      await assertRejects(() => lockStudy(dir), StudyError, "another process is running it");
    }
    using _again = await lockStudy(dir);
  }));

Deno.test("runStudy() leaves a study alone that somebody else runs", () =>
  inFolder(async (dir) => {
    using _lock = await lockStudy(dir);
    const plan = await tinyPlan();
    await assertRejects(() => runStudy(plan, fakeRuns(dir)), StudyError, "another process");
  }));
