import { assertEquals } from "../../../deps.ts";
import { JobQueue } from "../../../../lib/workflows/study/jobs/job_queue.ts";
import type { JobRunner } from "../../../../lib/workflows/study/jobs/job_runner.ts";
import type { StudyEvent } from "../../../../lib/workflows/study/jobs/study_events.ts";
import { StudyPace } from "../../../../lib/workflows/study/jobs/study_pace.ts";
import { jobsOf } from "../../../../lib/workflows/study/plan/jobs_of.ts";
import { studyFolder } from "../../../../lib/workflows/study/plan/study_folder.ts";
import { madePlan, madeResult } from "../made_results.ts";
import { inFolder } from "../tiny_study.ts";

const { evaluation } = madeResult({ method: "full" }, { "site A": "intra" }, [
  { set: "site A", subject: "a", ftn: 0.5 },
  { set: "site A", subject: "b", ftn: 0.7 },
]);

Deno.test("JobQueue goes through its jobs in order, past a failure, and stops when told", () =>
  inFolder(async (dir) => {
    const plan = madePlan(["standard", "full"], [0, 1]), jobs = jobsOf(plan);
    const folder = studyFolder(dir), stop = new AbortController();
    const events: StudyEvent[] = [], ran: string[] = [];
    await Deno.mkdir(folder.runs);
    await Deno.writeTextFile(folder.failure(jobs[1]!), "of an earlier time\n");
    const queue = new JobQueue({
      ...{ plan, jobs, folder, stop: stop.signal, pace: new StudyPace(plan, jobs) },
      onEvent: (event) => void events.push(event),
    }, new Map());
    const runner: JobRunner = {
      async run(job, onEvent) {
        ran.push(job.id);
        onEvent({ type: "job-start", job: job.id, dir: folder.run(job).dir, firstStep: 0 });
        if (job.id === "standard-seed0") throw new RangeError("no such luck");
        if (job.id === "standard-seed1") {
          stop.abort();
          return "interrupted";
        }
        await Deno.mkdir(folder.run(job).dir, { recursive: true });
        await Deno.writeTextFile(folder.run(job).evaluation, JSON.stringify(evaluation));
        return "done";
      },
      [Symbol.dispose]() {},
    };
    await queue.serve(runner);
    await queue.serve(runner);
    assertEquals(ran, ["standard-seed0", "full-seed0", "standard-seed1"]);
    assertEquals(queue.failed, [{ job: "standard-seed0", message: "no such luck" }]);
    assertEquals([...queue.results.keys()], ["full-seed0"]);
    const failures = jobs.map((job) => folder.failure(job));
    assertEquals(await Deno.readTextFile(failures[0]!), "no such luck\n");
    assertEquals(
      [...Deno.readDirSync(folder.runs)].map(({ name }) => name).sort(),
      ["full-seed0", "standard-seed0.failed.txt"],
    );
    const done = events.find(({ type }) => type === "job-done");
    assertEquals(done?.type === "job-done" && done.scores["site A"]!.ftn, 0.6);
  }));

Deno.test("JobQueue gives each job to one of several runners, but not those that are done", () =>
  inFolder(async (dir) => {
    const plan = madePlan(["standard", "full"], [0, 1]), jobs = jobsOf(plan);
    const folder = studyFolder(dir), ran: string[] = [];
    const done = madeResult({ ...jobs[0]! }, { "site A": "intra" }, [
      { set: "site A", subject: "a", ftn: 0.5 },
    ]);
    const queue = new JobQueue({
      ...{ plan, jobs, folder, stop: new AbortController().signal, onEvent: () => {} },
      pace: new StudyPace(plan, jobs),
    }, new Map([[jobs[0]!.id, done]]));
    const runner: JobRunner = {
      run: ({ id }) => Promise.resolve(void ran.push(id)).then(() => "interrupted"),
      [Symbol.dispose]() {},
    };
    await Promise.all([queue.serve(runner), queue.serve(runner)]);
    assertEquals(ran.sort(), ["full-seed0", "full-seed1", "standard-seed1"]);
  }));

Deno.test("JobQueue goes on where what is done cannot be summed up yet, and says so", () =>
  inFolder(async (dir) => {
    const plan = madePlan(["standard", "full"]), jobs = jobsOf(plan);
    const folder = studyFolder(dir), events: StudyEvent[] = [];
    const queue = new JobQueue({
      ...{ plan, jobs, folder, stop: new AbortController().signal },
      pace: new StudyPace(plan, jobs),
      onEvent: (event) => void events.push(event),
    }, new Map());
    // a first fold without a lesion, nor one found
    const empty = {
      ...evaluation,
      volumes: evaluation.volumes.map((volume) => ({
        ...volume,
        ftn: { byLabel: {}, mean: null },
      })),
    };
    await queue.serve({
      async run(job) {
        await Deno.mkdir(folder.run(job).dir, { recursive: true });
        const found = job.method === "full" ? evaluation : empty;
        await Deno.writeTextFile(folder.run(job).evaluation, JSON.stringify(found));
        return "done";
      },
      [Symbol.dispose]() {},
    });
    assertEquals(queue.results.size, 2);
    const notices = events.flatMap((event) => event.type === "notice" ? [event.text] : []);
    const told = "no table yet: Cannot sum up";
    assertEquals(notices.map((text) => text.slice(0, told.length)), [told]);
  }));
