import { assert, assertEquals, assertRejects } from "../../../deps.ts";
import { readVersions, saveVersions } from "../../../../lib/formats/run_folder/versions.ts";
import { runStudy } from "../../../../lib/workflows/study/jobs/run_study.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import { fakeRuns, inFolder, tinyPlan } from "../tiny_study.ts";

Deno.test("a study takes no further run of another version unless that is allowed", () =>
  inFolder(async (dir) => {
    await runStudy(await tinyPlan(), fakeRuns(dir));
    const path = `${dir}/runs/full-seed0/versions.json`;
    const [sitting] = (await readVersions(path))!;
    assertEquals([sitting!.firstStep, sitting!.deno], [0, Deno.version.deno]);
    await saveVersions(path, [{ ...sitting!, deno: "1.0.0" }]);
    await Deno.remove(`${dir}/runs/standard-seed0/versions.json`);
    const more = await tinyPlan({ seeds: [1] }), notices: string[] = [];
    const hooks = fakeRuns(dir, (event) => event.type === "notice" && notices.push(event.text));
    await assertRejects(
      () => runStudy(more, hooks),
      StudyError,
      "runs were trained by other versions (1 by Tandem",
    );
    await assertRejects(() => runStudy(more, hooks), StudyError, "--allow-other-version");
    notices.length = 0;
    const { done } = await runStudy(more, { ...hooks, allowOtherVersion: true });
    assertEquals(done, 4);
    assert(notices.some((line) => line.includes("Deno 1.0.0")), notices.join("\n"));
    assert(notices.includes("1 runs do not say which version trained them: not recorded"));
    // nothing is left to be trained, so that nothing is mixed
    assertEquals((await runStudy(more, hooks)).done, 4);
  }));
