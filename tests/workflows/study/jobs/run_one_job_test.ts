import { assert, assertEquals, assertRejects } from "../../../deps.ts";
import { ClaimError } from "../../../../lib/formats/files/claim.ts";
import { exists } from "../../../../lib/formats/files/exists.ts";
import { beginStudy } from "../../../../lib/workflows/study/jobs/begin_study.ts";
import { jobCommands } from "../../../../lib/workflows/study/jobs/job_commands.ts";
import { runOneJob } from "../../../../lib/workflows/study/jobs/run_one_job.ts";
import { runStudy } from "../../../../lib/workflows/study/jobs/run_study.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import { claimRun } from "../../../../lib/workflows/runs/claim_run.ts";
import { FakeStepper } from "../../../learning/training/fake_stepper.ts";
import { fakeRuns, inFolder, tinyPlan } from "../tiny_study.ts";

const digits = async (dir: string, id: string) =>
  JSON.parse(await Deno.readTextFile(`${dir}/runs/${id}/evaluation.json`));

Deno.test("runOneJob() runs a job of a planned study as the study itself does", () =>
  inFolder(async (parent) => {
    const plan = await tinyPlan(), dir = `${parent}/it's one`;
    await runStudy(plan, fakeRuns(`${parent}/whole`));
    (await beginStudy(plan, { dir }))[Symbol.dispose]();
    const commands = await jobCommands(dir, { threads: 2 });
    assertEquals(commands.length, 2);
    assert(commands[0]!.endsWith(`study run '${parent}/it'\\''s one' standard-seed0 --threads 2`));
    const { createStepper } = fakeRuns(dir);
    assertEquals(await runOneJob(dir, "full-seed0", { createStepper: createStepper! }), "done");
    assertEquals(await digits(dir, "full-seed0"), await digits(`${parent}/whole`, "full-seed0"));
    assertEquals((await jobCommands(dir)).length, 1);
    // it is done: nothing is needed for it
    const none = () => Promise.reject(new Error("no network was wanted"));
    assertEquals(await runOneJob(dir, "full-seed0", { createStepper: none }), "done");
    await assertRejects(() => runOneJob(dir, "full-seed9"), StudyError, "has no such run");
  }));

Deno.test("runOneJob() waits for who has the run, keeps why it failed, and is tried again", () =>
  inFolder(async (dir) => {
    const plan = await tinyPlan({ methods: ["full"] }), note = `${dir}/runs/full-seed0.failed.txt`;
    (await beginStudy(plan, { dir }))[Symbol.dispose]();
    const bad = new FakeStepper();
    bad.step = () => ({ totalLoss: NaN });
    const createStepper = () => Promise.resolve(bad);
    await assertRejects(() => runOneJob(dir, "full-seed0", { createStepper }), Error, "NaN");
    assert((await Deno.readTextFile(note)).includes("totalLoss is NaN at step 1"));
    const good = { createStepper: () => Promise.resolve(new FakeStepper()) };
    const held = await claimRun(`${dir}/runs/full-seed0`, { task: "hold it" });
    await assertRejects(() => runOneJob(dir, "full-seed0", good), ClaimError);
    assertEquals(await exists(note), false);
    const stop = new AbortController();
    const waiting = runOneJob(dir, "full-seed0", {
      ...good,
      ...{ patience: 600, stop: stop.signal, onEvent: () => held[Symbol.dispose]() },
    });
    // who waits hears that it is to end
    setTimeout(() => stop.abort(), 500);
    assertEquals(await waiting, "interrupted");
    assertEquals(await runOneJob(dir, "full-seed0", good), "done");
  }));
