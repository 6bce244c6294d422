import { assert, assertEquals, assertRejects } from "../../../deps.ts";
import { resolve } from "../../../../lib/base/deps/std.ts";
import { METHODS } from "../../../../lib/learning/baselines/registry.ts";
import { ConfigError } from "../../../../lib/base/config/config_error.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { inFolder } from "../../../imaging/data/tiny_heart.ts";
import { openRunCases } from "../../../../lib/imaging/data/cases/run_cases.ts";
import { configOf } from "../../../../lib/workflows/study/plan/config_of.ts";
import { jobsOf } from "../../../../lib/workflows/study/plan/jobs_of.ts";
import { makePlan, type PlanOptions } from "../../../../lib/workflows/study/plan/make_plan.ts";
import { STUDY_PRESETS } from "../../../../lib/workflows/study/plan/presets.ts";

const ids = (plan: Parameters<typeof jobsOf>[0]) => jobsOf(plan).map(({ id }) => id);

Deno.test("makePlan() gives every preset, on the phantom and on data, of known methods", async () => {
  const names = METHODS.map(({ name }) => name);
  for (const [preset, { methods }] of Object.entries(STUDY_PRESETS)) {
    assertEquals(methods[0], "standard");
    assert(methods.every((name) => names.includes(name)), preset);
    const phantom = await makePlan({ preset });
    assertEquals(phantom.settings.model?.baseWidth, 8);
    const data = await makePlan({ preset, settings: { data: { dir: "hearts", layout: "acdc" } } });
    assertEquals(data.settings.training?.batchSize, preset === "smoke" ? 6 : 20);
    assert(data.settings.data!.dir!.endsWith("/hearts") && data.settings.data!.dir![0] === "/");
  }
});

Deno.test("makePlan() begins with auto on data, unless a preset is named", async () => {
  const settings = { data: { dir: "any" } };
  const whole = await makePlan({ settings }),
    named = await makePlan({ settings, preset: "table1" });
  assertEquals([whole.preset, whole.settings.data?.size], ["table1", "auto"]);
  assertEquals(named.settings.data?.size, { height: 192, width: 192 });
  const chosen = await makePlan({ settings, configPreset: "acdc-2021" });
  assertEquals(chosen.settings.data?.size, { height: 192, width: 192 });
});

Deno.test("makePlan() recognises how a further data set is laid out, and keeps that", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/cases.csv`, "image,label\na.nii.gz,b.nii.gz\n");
    const named = { name: "named", dir: "hearts", layout: "acdc" } as const;
    const { tests } = await makePlan({ tests: [{ name: "mine", dir }, named] });
    assertEquals(tests.map(({ layout }) => layout), ["folder", "acdc"]);
    const nowhere = { name: "none", dir: `${dir}/none` };
    await assertRejects(
      () => makePlan({ tests: [nowhere] }),
      DatasetError,
      "no such file or folder",
    );
  }));

Deno.test("makePlan() divides the phantom as its presets say", async () => {
  const sizes = async (preset: string) => {
    const plan = await makePlan({ preset });
    const { train, validation, test, others } = (await openRunCases(
      configOf(plan, jobsOf(plan).at(-1)!),
    )).division;
    return [train, validation, test, ...Object.values(others)].map(({ length }) => length);
  };
  assertEquals(await sizes("table1"), [10, 2, 10, 5, 5, 5, 5]);
  assertEquals(await sizes("low-data"), [20, 2, 10, 5, 5, 5, 5]);
  assertEquals(await sizes("smoke"), [4, 1, 3, 1, 1, 1, 1]);
});

Deno.test("jobsOf() goes through whole replicates, and names each run after what it is", async () => {
  const methods = ["standard", "full"];
  assertEquals(ids(await makePlan({ methods, seeds: [0, 1], trainingSubjects: [null, 3] })), [
    ...["standard-seed0-n3", "full-seed0-n3", "standard-seed0", "full-seed0"],
    ...["standard-seed1-n3", "full-seed1-n3", "standard-seed1", "full-seed1"],
  ]);
  assertEquals(ids(await makePlan({ methods: ["full"], folds: 2 })), [
    ...["full-seed0-fold0", "full-seed0-fold1"],
  ]);
  const splits = ["acdc-10/cval0", "acdc-10/cval2"];
  assertEquals(ids(await makePlan({ methods: ["full"], splits })), [
    ...["full-seed0-acdc-10-cval0", "full-seed0-acdc-10-cval2"],
  ]);
  const { replicates } = await makePlan({ methods: ["full"], splits, seeds: [5, 6] });
  assertEquals(replicates.map(({ seed, split }) => [seed, split]), [[5, splits[0]!], [
    6,
    splits[1]!,
  ]]);
});

Deno.test("configOf() lays a method over the shared settings, and the job over both", async () => {
  const plan = await makePlan({
    folds: 4,
    set: ["method.imageMask.maxThreshold=0.3", "training.maxSteps=7", "evaluation.refinements=2"],
  });
  const replicate = { seed: 9, split: null, fold: 3 };
  const job = { method: "dropout-only", replicate, trainingSubjects: 3 };
  const { data, method, training, evaluation, output } = configOf(plan, job, {
    dir: "there",
    threads: 2,
  });
  assertEquals([data.folds, data.fold, data.trainingSubjects, data.seed], [4, 3, 3, 0]);
  assertEquals([method.imageMask.scheme, method.imageMask.maxThreshold], ["dropout", 0.3]);
  assertEquals([training.seed, training.maxSteps, training.threads], [9, 7, 2]);
  assertEquals([evaluation.refinements, output.dir], [2, "there"]);
  // what belongs to a machine is no part of the plan
  const { settings } = await makePlan({ set: ["training.threads=2", "output.dir=x"] });
  assertEquals([settings.training?.threads, settings.output?.dir], [null, null]);
});

Deno.test("makePlan() takes the divisions of a split file for folds, where there is one", async () => {
  const plan = await makePlan({
    methods: ["full"],
    set: ["data.splitFile=splits_final.json"],
    folds: 3,
  });
  assertEquals(ids(plan), ["full-seed0-fold0", "full-seed0-fold1", "full-seed0-fold2"]);
  const { data } = configOf(plan, jobsOf(plan)[2]!);
  // whole, so that the study goes on from any folder
  assertEquals([data.splitFile, data.folds, data.fold], [resolve("splits_final.json"), null, 2]);
});

Deno.test("makePlan() refuses what is no study, with a hint", async () => {
  const wrong: [Parameters<typeof makePlan>[0], string][] = [
    [{ preset: "table" }, "did you mean table1?"],
    [{ methods: ["ful"] }, "did you mean full?"],
    [{ methods: ["full", "full"] }, "full is twice among the methods"],
    [{ seeds: [] }, "without seeds"],
    [{ folds: 2, splits: ["acdc-10/cval0"] }, "both splits and folds"],
    [{ splits: ["a", "b"], seeds: [0, 1, 2] }, "pair 2 splits with 3 seeds"],
    [{ set: ["training.batchsize=4"] }, "did you mean training.batchSize?"],
    [{ set: ["training.seed=4"] }, "wanted seeds (--seeds)"],
    [{ set: ["data.trainingSubjects=4"] }, "wanted trainingSubjects"],
    [{ trainingSubjects: [0] }, "data.trainingSubjects is 0"],
  ];
  for (const [options, text] of wrong) {
    await assertRejects(() => makePlan(options), ConfigError, text);
  }
});

Deno.test("makePlan() leaves the schedule to the steps of a run, unless it is set", async () => {
  const stepsOf = async (options: PlanOptions) => {
    const { training, optimizer } = (await makePlan(options)).settings;
    return [training?.maxSteps, optimizer?.decaySteps];
  };
  assertEquals(await stepsOf({ maxSteps: 40 }), [40, null]);
  assertEquals(await stepsOf({ maxSteps: 40, set: ["optimizer.decaySteps=90"] }), [40, 90]);
});

Deno.test("makePlan() refuses, by arithmetic, folds and runs that have no end", async () => {
  for (const folds of [1, 1.5, 1e9, NaN]) {
    await assertRejects(
      () => makePlan({ folds }),
      ConfigError,
      `folds is ${folds}, wanted a whole`,
    );
  }
  const seeds = Array.from({ length: 200_000 }, (_, n) => n);
  await assertRejects(() => makePlan({ seeds }), ConfigError, "2000000 runs, wanted at most 10000");
  await assertRejects(() => makePlan({ seeds: [...seeds, 7] }), ConfigError, "7 is twice");
});
