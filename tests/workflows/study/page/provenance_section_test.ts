import { makePlan } from "../../../../lib/workflows/study/plan/make_plan.ts";
import { studyCommand } from "../../../../lib/workflows/study/page/provenance_section.ts";
import { assert, assertEquals } from "../../../deps.ts";

Deno.test("studyCommand() says what differs from the preset, and nothing else", async () => {
  const plan = await makePlan({
    preset: "smoke",
    methods: ["standard", "full"],
    seeds: [3, 4],
    trainingSubjects: [2, null],
    tests: [{ name: "M&Ms", dir: "/data/m n m", layout: "mnms" }],
    set: ["training.batchSize=8", 'phantom.trainingSites=["A","B"]'],
  });
  assertEquals(
    await studyCommand(plan),
    [
      "tandem study",
      "--preset smoke",
      "--methods standard,full",
      "--seeds 3,4",
      "--training-subjects 2,all",
      "--test 'M&Ms=/data/m n m:mnms'",
      '--set \'phantom.trainingSites=["A","B"]\'',
      "--set training.batchSize=8",
    ].join(" \\\n  "),
  );
});

Deno.test("studyCommand() keeps apart all parts of a cross-validation and a single one", async () => {
  const folds = await studyCommand(await makePlan({ preset: "smoke", folds: 3 }));
  const set = ["data.folds=3", "data.fold=1"];
  const single = await studyCommand(await makePlan({ preset: "smoke", set }));
  assert(folds.includes("--folds 3") && !folds.includes("--set"), folds);
  assert(!single.includes("--folds 3"), single);
  assert(single.includes("--set data.folds=3") && single.includes("--set data.fold=1"), single);
});
