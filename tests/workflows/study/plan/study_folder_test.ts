import { assertEquals, assertRejects, assertStringIncludes } from "../../../deps.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import {
  loadPlan,
  readPlan,
  savePlan,
  studyFolder,
} from "../../../../lib/workflows/study/plan/study_folder.ts";
import { madePlan } from "../made_results.ts";
import { inFolder, tinyPlan } from "../tiny_study.ts";

Deno.test("loadPlan() gives what savePlan() wrote, and files from before there were versions", () =>
  inFolder(async (dir) => {
    const folder = studyFolder(dir);
    assertEquals(await loadPlan(folder), undefined);
    await assertRejects(() => readPlan(dir), StudyError, "it holds no study.json");
    const plan = await tinyPlan({ seeds: [3, 4], trainingSubjects: [1, null] });
    await savePlan(folder, plan);
    assertEquals(JSON.parse(await Deno.readTextFile(folder.plan)).format, 1);
    assertEquals(await loadPlan(folder), plan);
    await Deno.writeTextFile(folder.plan, JSON.stringify(plan));
    assertEquals(await readPlan(dir), plan);
  }));

Deno.test("loadPlan() names file and key of a plan that cannot be used", () =>
  inFolder(async (dir) => {
    const folder = studyFolder(dir), plan = madePlan(["full"]);
    const { methods: _, ...lacking } = plan;
    const bad: [unknown, string][] = [
      [null, "it is null, wanted object"],
      [5, "it is 5, wanted object"],
      [[], "it is [], wanted object"],
      [{}, "preset is missing, wanted string"],
      [lacking, "methods is missing, wanted array"],
      [{ ...plan, format: 2 }, "format is 2, wanted 1"],
      [{ ...plan, methods: ["../../x"] }, 'methods.0 is "../../x", wanted a name without slashes'],
      [
        { ...plan, methods: Array(200).fill("full"), trainingSubjects: Array(51).fill(null) },
        "wanted at most 10000 runs",
      ],
      [{ ...plan, methods: ["a\\b"] }, "methods.0 is"],
      [{ ...plan, methods: ["x".repeat(41)] }, "methods.0 is"],
      [{ ...plan, methods: [] }, "methods is [], wanted at least 1"],
      [
        { ...plan, replicates: [{ seed: 0.5, split: null, fold: null }] },
        "replicates.0.seed is 0.5",
      ],
      [{ ...plan, tests: [{ name: "x", dir: "y", layout: "z" }] }, 'tests.0.layout is "z", wanted'],
      [{ ...plan, settings: [] }, "settings is [], wanted object"],
      [
        { ...plan, settings: { data: { size: 5 } } },
        "data.size is 5, wanted auto, a multiple of 16",
      ],
      [{ ...plan, settings: { dat: {} } }, "unknown key dat"],
    ];
    for (const [value, wanted] of bad) {
      await Deno.writeTextFile(folder.plan, JSON.stringify(value));
      const error = await assertRejects(() => loadPlan(folder), StudyError, wanted);
      assertStringIncludes((error as Error).message, folder.plan);
    }
    await Deno.writeTextFile(folder.plan, '{"preset":');
    await assertRejects(() => loadPlan(folder), StudyError, "it is no JSON");
  }));
