import { exists } from "../../../../lib/formats/files/exists.ts";
import { readStore } from "../../../formats/mlflow/read_store.ts";
import { assert, assertEquals, assertRejects } from "../../../deps.ts";
import { runStudy } from "../../../../lib/workflows/study/jobs/run_study.ts";
import { ConfigError } from "../../../../lib/base/config/config_error.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import type { PlanOptions } from "../../../../lib/workflows/study/plan/make_plan.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import type { StudyEvent } from "../../../../lib/workflows/study/jobs/study_events.ts";
import { FakeStepper } from "../../../learning/training/fake_stepper.ts";
import { fakeRuns, inFolder, tinyPlan } from "../tiny_study.ts";

const runsOf = (dir: string) => [...Deno.readDirSync(`${dir}/runs`)].map(({ name }) => name).sort();

/** The evaluation and the losses of a run: what another sitting must give again. */
async function digitsOf(dir: string, id: string): Promise<unknown[]> {
  const log = await Deno.readTextFile(`${dir}/runs/${id}/log.jsonl`);
  return [
    JSON.parse(await Deno.readTextFile(`${dir}/runs/${id}/evaluation.json`)),
    ...log.trim().split("\n").map((line) => JSON.parse(line).totalLoss),
  ];
}

Deno.test("runStudy() runs every job, tells what happens, and leaves what openStudy() reads", () =>
  inFolder(async (dir) => {
    const events: StudyEvent[] = [];
    const result = await runStudy(
      await tinyPlan({ seeds: [0, 1] }),
      fakeRuns(dir, (event) => events.push(event)),
    );
    assertEquals(runsOf(dir), ["full-seed0", "full-seed1", "standard-seed0", "standard-seed1"]);
    assertEquals([result.done, result.jobs, result.failed, result.interrupted], [4, 4, [], false]);
    assertEquals(result.report!.summary.rows.map(({ runs }) => runs), [2, 2]);
    const done = events.filter(({ type }) => type === "job-done");
    assertEquals(done.map((event) => event.type === "job-done" ? event.job : ""), [
      ...["standard-seed0", "full-seed0"],
      ...["standard-seed1", "full-seed1"],
    ]);
    assertEquals(done.at(-1)!.secondsLeft, 0);
    const types = new Set(events.map(({ type }) => type));
    for (const type of ["study", "job-start", "step", "evaluation", "summary", "page"] as const) {
      assert(types.has(type), `no event ${type}`);
    }
    const steps = events.filter(({ type }) => type === "step");
    assert(steps.every(({ secondsLeft }) => typeof secondsLeft === "number"));
    for (const name of ["config.json", "evaluation.json", "cases.json", "log.jsonl"]) {
      assert((await Deno.stat(`${dir}/runs/full-seed0/${name}`)).isFile);
    }
  }));

Deno.test("runStudy() goes on after it was ended between jobs and inside one, digit for digit", () =>
  inFolder(async (parent) => {
    const plan = await tinyPlan();
    await runStudy(plan, fakeRuns(`${parent}/whole`));
    const dir = `${parent}/parted`;
    const endAt = async (ends: (event: StudyEvent) => boolean) => {
      const stop = new AbortController();
      const result = await runStudy(plan, {
        ...fakeRuns(dir, (event) => ends(event) && stop.abort()),
        stop: stop.signal,
      });
      assertEquals([result.interrupted, result.report], [true, undefined]);
      return result.done;
    };
    assertEquals(await endAt((event) => event.type === "step" && event.step === 2), 0);
    assertEquals(await endAt((event) => event.type === "job-done"), 1);
    let first: StudyEvent | undefined;
    const { done, interrupted } = await runStudy(
      plan,
      fakeRuns(dir, (event) => void (first ??= event)),
    );
    assertEquals([done, interrupted], [2, false]);
    assertEquals(first, { type: "study", dir, jobs: 2, done: 1 } as StudyEvent);
    for (const id of runsOf(dir)) {
      assertEquals(await digitsOf(dir, id), await digitsOf(`${parent}/whole`, id));
    }
  }));

Deno.test("runStudy() tells a job that fails, runs the others, and tries it again next time", () =>
  inFolder(async (dir) => {
    const plan = await tinyPlan({ methods: ["standard", "dropout-only", "full"] });
    const hooks = fakeRuns(dir);
    let failing = true;
    const createStepper: typeof hooks.createStepper = ({ method }) => {
      const stepper = new FakeStepper();
      if (failing && method.imageMask.scheme === "dropout") {
        stepper.step = () => ({ totalLoss: NaN });
      }
      return Promise.resolve(stepper);
    };
    const events: StudyEvent[] = [];
    const onEvent = (event: StudyEvent) => void events.push(event);
    const { done, failed, interrupted } = await runStudy(plan, {
      ...hooks,
      createStepper,
      onEvent,
    });
    assertEquals([done, failed.length, interrupted], [2, 1, false]);
    assertEquals(failed[0]!.job, "dropout-only-seed0");
    assert(failed[0]!.message.includes("totalLoss is NaN at step 1"));
    assert(events.some(({ type }) => type === "job-failed"));
    const note = `${dir}/runs/dropout-only-seed0.failed.txt`;
    assertEquals(await Deno.readTextFile(note), failed[0]!.message + "\n");
    failing = false;
    const again = await runStudy(plan, { ...hooks, createStepper });
    assertEquals([again.done, again.failed], [3, []]);
    await assertRejects(() => Deno.stat(note), Deno.errors.NotFound);
  }));

Deno.test("runStudy() adds methods and seeds to a study, and refuses other settings", () =>
  inFolder(async (dir) => {
    await runStudy(await tinyPlan(), fakeRuns(dir));
    const notices: string[] = [];
    const more = await tinyPlan({ methods: ["dropout-only"], seeds: [1] });
    const { done } = await runStudy(
      more,
      fakeRuns(dir, (event) => event.type === "notice" && notices.push(event.text)),
    );
    assertEquals(done, 6);
    assert(
      notices.includes(
        "added to the study: methods dropout-only; replicates of seed 1; 4 runs in all",
      ),
      notices.join("\n"),
    );
    const { methods } = JSON.parse(await Deno.readTextFile(`${dir}/study.json`));
    assertEquals(methods, ["standard", "full", "dropout-only"]);
    const other = await tinyPlan({ set: ["training.maxSteps=2"] });
    await assertRejects(
      () => runStudy(other, fakeRuns(dir)),
      StudyError,
      "settings.training.maxSteps is 3 there and 2 here",
    );
  }));

Deno.test("runStudy() refuses a folder that holds something else, and touches nothing there", () =>
  inFolder(async (dir) => {
    await Deno.writeTextFile(`${dir}/index.html`, "mine");
    await assertRejects(
      async () => await runStudy(await tinyPlan(), fakeRuns(dir)),
      StudyError,
      "it holds index.html, but no study.json",
    );
    assertEquals([...Deno.readDirSync(dir)].map(({ name }) => name), ["index.html"]);
  }));

Deno.test("runStudy() tells data that cannot be used before it trains, and writes nothing", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/study`;
    const refused = async (
      options: PlanOptions,
      Class: Parameters<typeof assertRejects>[1],
      text: string,
    ) => {
      const plan = await tinyPlan(options);
      const events: StudyEvent[] = [];
      const hooks = fakeRuns(dir, (event) => events.push(event));
      await assertRejects(() => runStudy(plan, hooks), Class, text);
      assertEquals([events, [...Deno.readDirSync(parent)]], [[], []]);
    };
    const tests = [{ name: "far", dir: `${parent}/nowhere`, layout: "mnms" as const }];
    await refused({ tests }, DatasetError, "nowhere");
    await refused({ trainingSubjects: [99] }, ConfigError, "99");
    await refused({ set: ["data.testFraction=0"] }, StudyError, "there is nothing to test on");
  }));

Deno.test("runStudy() refuses a number of jobs that is none", async () => {
  const plan = await tinyPlan();
  await assertRejects(() => runStudy(plan, { dir: "/nowhere", jobs: 0 }), RangeError, "jobs is 0");
});

Deno.test("runStudy() clears what a process killed just after a run has left in its folder", () =>
  inFolder(async (dir) => {
    const plan = await tinyPlan({ methods: ["standard"] });
    await runStudy(plan, fakeRuns(dir));
    const run = `${dir}/runs/standard-seed0`;
    await Deno.writeTextFile(`${run}/.claim`, "");
    const hourAgo = new Date(Date.now() - 3_600_000);
    await Deno.utime(`${run}/.claim`, hourAgo, hourAgo);
    await Deno.mkdir(`${run}/hard_examples`, { recursive: true });
    const left = [`${run}/.slices.png`, `${run}/hard_examples/.a.json`, `${dir}/runs/.b.txt`];
    for (const path of left) {
      await Deno.writeTextFile(`${path}.12-0123abcd.tmp`, "half");
      await Deno.utime(`${path}.12-0123abcd.tmp`, hourAgo, hourAgo);
    }
    await runStudy(plan, fakeRuns(dir));
    for (const path of [run, `${run}/hard_examples`, `${dir}/runs`]) {
      const hidden = [...Deno.readDirSync(path)].filter(({ name }) => name.startsWith("."));
      assertEquals(hidden, []);
    }
  }));

Deno.test("a study that gets a store of MLflow on its way tells it of runs already begun", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/mine`, store = `${parent}/mlruns`;
    const stop = new AbortController(), options = { methods: ["full"] } as const;
    await runStudy(await tinyPlan(options), {
      ...fakeRuns(dir, ({ type }) => type === "step" && stop.abort()),
      stop: stop.signal,
    });
    assertEquals(await exists(`${dir}/runs/full-seed0/config.json`), true);
    const plan = await tinyPlan({ ...options, set: [`tracking.mlflow=${store}`] });
    assertEquals((await runStudy(plan, fakeRuns(dir))).done, 1);
    const [told, ...others] = (await readStore(store)).mine!;
    assertEquals([told!.status, others], [3, []]);
    assertEquals(told!.metrics["loss/totalLoss"]!.map(([, step]) => step), [2, 3]);
  }));
