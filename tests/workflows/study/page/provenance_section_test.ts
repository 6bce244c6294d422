import { makePlan } from "../../../../lib/workflows/study/plan/make_plan.ts";
import type { PageData } from "../../../../lib/workflows/study/page/page_data.ts";
import {
  provenanceSection,
  studyCommand,
} from "../../../../lib/workflows/study/page/provenance_section.ts";
import { assert, assertEquals } from "../../../deps.ts";

Deno.test("studyCommand() says what differs from the preset, and nothing else", async () => {
  const plan = await makePlan({
    preset: "smoke",
    methods: ["standard", "full"],
    seeds: [3, 4],
    trainingSubjects: [2, null],
    tests: [{ name: "M&Ms", dir: "/data/m n m", layout: "mnms" }],
    set: ["training.batchSize=8", 'phantom.trainingSites=["A","B"]', "tracking.mlflow=/store"],
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
  const file = { preset: "smoke", set: ["data.splitFile=splits_final.json"] };
  const listed = await studyCommand(await makePlan({ ...file, folds: 5 }));
  const whole = await studyCommand(await makePlan(file));
  const once = /--set 'data.splitFile="\S+splits_final.json"'$/;
  assert(listed.includes("--folds 5") && !listed.includes("data.folds"), listed);
  assert(once.test(listed) && once.test(whole) && !whole.includes("folds"), listed + whole);
});

Deno.test("provenanceSection() names the versions that trained the runs, and what is not recorded", async () => {
  const plan = await makePlan({ preset: "smoke" });
  const version = { tandem: "0.1.0", commit: null, sources: null, origin: null, firstStep: 0 };
  const [old, now] = [{ ...version, deno: "2.8.0" }, { ...version, deno: "2.9.6" }];
  const runs = [[old], [old], [old, { ...now, firstStep: 9 }], undefined, [{
    ...now,
    firstStep: 9,
  }]]
    .map((versions) => ({ versions, evaluation: {} }));
  const data = { summary: { plan, done: 5, jobs: 5 }, runs } as unknown as PageData;
  const { body } = await provenanceSection(data);
  const [, told] = /<dt>Trained by<\/dt><dd>(.*?)<\/dd>/.exec(body)!;
  assertEquals(told!.split("; "), [
    "Tandem 0.1.0, Deno 2.8.0 (2 runs)",
    "Tandem 0.1.0, Deno 2.8.0, then Tandem 0.1.0, Deno 2.9.6 (1 run)",
    "not recorded (1 run)",
    "not recorded, then Tandem 0.1.0, Deno 2.9.6 (1 run)",
  ]);
});
