/** Submissions, their status and their end, with stand-ins for Slurm's programs. */
import { assert, assertEquals, assertRejects } from "../../../deps.ts";
import { claim } from "../../../../lib/formats/files/claim.ts";
import { exists } from "../../../../lib/formats/files/exists.ts";
import { followStudy } from "../../../../lib/workflows/study/cluster/follow_study.ts";
import type { StudyEvent } from "../../../../lib/workflows/study/jobs/study_events.ts";
import { cancelStudy } from "../../../../lib/workflows/study/cluster/cancel_study.ts";
import { SlurmError } from "../../../../lib/workflows/study/cluster/slurm_program.ts";
import { studyStatus } from "../../../../lib/workflows/study/cluster/study_status.ts";
import { readSubmissions } from "../../../../lib/workflows/study/cluster/submission.ts";
import {
  type SubmitOptions,
  submitStudy,
} from "../../../../lib/workflows/study/cluster/submit_study.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import { runOneJob } from "../../../../lib/workflows/study/jobs/run_one_job.ts";
import { fakeRuns, inFolder, tinyPlan } from "../tiny_study.ts";
import { CONFIG, withPrograms } from "./fake_slurm.ts";

/** A queue that is a file, and numbers that count up; from the third call on it refuses if told so. */
const programs = (dir: string) => ({
  scontrol: CONFIG,
  squeue: `[ ! -e ${dir}/mute ] && { cat ${dir}/queue 2>/dev/null; true; }`,
  scancel: `if [ -e ${dir}/down ]; then echo "Unable to contact slurm controller" >&2; exit 1; fi
echo "$@" > ${dir}/cancelled`,
  sbatch: `echo x >> ${dir}/count; n=$(wc -l < ${dir}/count)
if [ -e ${dir}/full ] && [ $n -gt $(cat ${dir}/full) ]; then
  echo "sbatch: error: QOSMaxSubmitJobPerUserLimit" >&2; exit 1
fi
echo "a site's greeting"; echo $((10 + n))$(cat ${dir}/other 2>/dev/null)`,
});

const inCluster = (run: (dir: string, options: SubmitOptions) => Promise<void>) =>
  inFolder((dir) =>
    withPrograms(
      programs(dir),
      () => run(dir, { dir: `${dir}/study`, packages: { npm: "/npm" } }),
    )
  );

const states = async (dir: string) =>
  (await studyStatus(dir)).runs.map(({ run, state, reason }) =>
    [run, state, ...reason === undefined ? [] : [reason]].join(" ")
  );

Deno.test("submitStudy() submits what is left in arrays, and not what is in the queue", () =>
  inCluster(async (dir, options) => {
    const plan = await tinyPlan({ seeds: [0, 1] });
    const first = await submitStudy(plan, { ...options, atOnce: 1, sbatch: "--mem=1G" });
    assertEquals(first.arrays, [{ id: "11", runs: 3 }, { id: "12", runs: 1 }]);
    assertEquals([first.report, first.queued, first.done, first.jobs], ["13", 0, 0, 4]);
    const { name } = (await readSubmissions(options.dir))[0]!;
    const line = (...fields: string[]) => fields.join("|") + "\n";
    await Deno.writeTextFile(
      `${dir}/queue`,
      line("11", "0", name, "RUNNING", "n7", "1:02:03", "None") +
        line("11", "1", name, "PENDING", "", "4:00:00", "Resources") +
        // the same number of another cluster's, or of another time
        line("11", "2", "tandem-ffffffff", "RUNNING", "n9", "1:00", "None") +
        line("11", "2", name, "OUT_OF_MEMORY", "n8", "0:00", "OutOfMemory") +
        line("12", "0", name, "COMPLETED", "n8", "0:00", "None") +
        line("13", "N/A", name, "PENDING", "", "4:00:00", "Dependency"),
    );
    await Deno.writeTextFile(`${options.dir}/runs/full-seed1.failed.txt`, "no luck\n");
    const status = await studyStatus(options.dir);
    assertEquals(status.runs.map(({ run, state }) => `${run} ${state}`), [
      ...["standard-seed0 running", "full-seed0 waiting"],
      ...["standard-seed1 failed", "full-seed1 failed"],
    ]);
    const [one, two, three, four] = status.runs;
    assertEquals([one!.host, one!.job, one!.limitLeft], ["n7", "11_0", "1:02:03"]);
    assertEquals(two!.reason, "Resources");
    assert(three!.reason!.startsWith("its job ended without a word (OUT_OF_MEMORY)"));
    assertEquals([four!.reason, status.report?.id, status.notices], ["no luck", "13", []]);
    const again = await submitStudy(plan, options);
    assertEquals([again.arrays, again.queued], [[{ id: "14", runs: 2 }], 2]);
    const { arrays } = (await readSubmissions(options.dir))[1]!;
    assertEquals(arrays[0]!.runs, ["standard-seed1", "full-seed1"]);
  }));

Deno.test("submitStudy() keeps and tells what Slurm took before it refused", () =>
  inCluster(async (dir, options) => {
    const plan = await tinyPlan({ seeds: [0, 1] });
    await Deno.writeTextFile(`${dir}/full`, "1");
    await assertRejects(
      () => submitStudy(plan, options),
      SlurmError,
      "QOSMaxSubmitJobPerUserLimit; 3 of 4 runs were taken before, as 11",
    );
    assertEquals((await readSubmissions(options.dir)).map(({ arrays }) => arrays.length), [1]);
    assertEquals((await states(options.dir)).at(-1), "full-seed1 open");
    await Deno.writeTextFile(`${dir}/full`, "0");
    await assertRejects(() => submitStudy(plan, options), SlurmError, "sbatch");
    assertEquals((await readSubmissions(options.dir)).length, 1, "nothing was taken");
  }));

Deno.test("submitStudy() refuses a study that is just being submitted, and one without Slurm", () =>
  inCluster(async (dir, options) => {
    const plan = await tinyPlan();
    await Deno.mkdir(options.dir);
    const held = await claim(`${options.dir}/.claim`, { task: "submit" });
    await assertRejects(() => submitStudy(plan, options), StudyError, "another process");
    held[Symbol.dispose]();
    const path = Deno.env.get("PATH")!;
    Deno.env.set("PATH", `${dir}/nowhere`);
    try {
      await assertRejects(() => submitStudy(plan, options), SlurmError, "is not on this machine");
      assertEquals([...Deno.readDirSync(`${options.dir}`)].map(({ name }) => name), ["runs"]);
    } finally {
      Deno.env.set("PATH", path);
    }
  }));

Deno.test("cancelStudy() ends the jobs of a study by their numbers, and they are no failures", () =>
  inCluster(async (dir, options) => {
    const plan = await tinyPlan();
    await submitStudy(plan, options);
    const { name } = (await readSubmissions(options.dir))[0]!;
    await Deno.writeTextFile(
      `${dir}/queue`,
      `11|0|${name}|RUNNING|n1|1:00|None\n11|1|${name}|PENDING||1:00|Resources\n` +
        `12|N/A|${name}|PENDING||1:00|Dependency\n`,
    );
    assertEquals(await cancelStudy(options.dir), {
      ...{ running: ["standard-seed0"], waiting: ["full-seed0"] },
    });
    assertEquals(await Deno.readTextFile(`${dir}/cancelled`), "11 12\n");
    await Deno.writeTextFile(`${dir}/queue`, "");
    assertEquals(await states(options.dir), [
      ...["standard-seed0 open cancelled", "full-seed0 open cancelled"],
    ]);
    // all that is left can be submitted again at once
    assertEquals((await submitStudy(plan, options)).arrays, [{ id: "13", runs: 2 }]);
  }));

Deno.test("studyStatus() goes by the folder where the cluster is another, is not there, or the folder is a copy", () =>
  inCluster(async (dir, options) => {
    const plan = await tinyPlan();
    await submitStudy(plan, options);
    const { createStepper } = fakeRuns(dir);
    await runOneJob(options.dir, "full-seed0", { createStepper: createStepper! });
    const [first] = await states(options.dir);
    assert(first!.startsWith("standard-seed0 failed its job ended without a word"), first);
    await withPrograms({ scontrol: CONFIG.replace("tried", "other") }, async () => {
      assertEquals(await states(options.dir), [
        ...["standard-seed0 waiting handed to the cluster, which cannot be asked from here"],
        "full-seed0 done",
      ]);
      await assertRejects(() => cancelStudy(options.dir), StudyError, "on the cluster tried");
    });
    await withPrograms({ squeue: "echo 'cannot be reached' >&2; exit 1" }, async () => {
      const { notices } = await studyStatus(options.dir);
      assert(notices[0]!.includes("the folder alone tells"), notices[0]);
      await assertRejects(() => cancelStudy(options.dir), SlurmError, "cannot be reached");
    });
    const copy = `${dir}/copy`;
    await new Deno.Command("cp", { args: ["-r", options.dir, copy] }).output();
    assertEquals(await states(copy), ["standard-seed0 open", "full-seed0 done"]);
    assert((await studyStatus(copy)).notices[0]!.includes(`submitted for ${options.dir}`));
    await assertRejects(() => cancelStudy(copy), StudyError, `submitted for ${options.dir}`);
    assertEquals((await submitStudy(plan, { ...options, dir: copy })).arrays.length, 1);
  }));

Deno.test("cancelStudy() leaves jobs in the record that Slurm did not take out of the queue", () =>
  inCluster(async (dir, options) => {
    const plan = await tinyPlan();
    await submitStudy(plan, options);
    const { name } = (await readSubmissions(options.dir))[0]!;
    const line = (element: number) => `11|${element}|${name}|PENDING||1:00|Resources\n`;
    await Deno.writeTextFile(`${dir}/queue`, line(0) + line(1));
    await Deno.writeTextFile(`${dir}/down`, "");
    await assertRejects(() => cancelStudy(options.dir), SlurmError, "Unable to contact");
    // nothing is submitted a second time
    const again = await submitStudy(plan, options);
    assertEquals([again.arrays, again.queued], [[], 2]);
  }));

Deno.test("submitStudy() refuses a job that another cluster has been given", () =>
  inCluster(async (dir, options) => {
    await Deno.writeTextFile(`${dir}/other`, ";gpu");
    await assertRejects(
      () => tinyPlan().then((plan) => submitStudy(plan, options)),
      SlurmError,
      "sbatch gave job 11 to the cluster gpu, and this one is tried",
    );
  }));

Deno.test("studyStatus() takes no run for failed that may wait in a queue that cannot be asked", () =>
  inCluster(async (dir, options) => {
    await submitStudy(await tinyPlan(), options);
    await Deno.writeTextFile(`${options.dir}/runs/full-seed0.failed.txt`, "no luck\n");
    await Deno.writeTextFile(`${dir}/mute`, "");
    const waiting = "waiting handed to the cluster, which cannot be asked from here";
    assertEquals(await states(options.dir), [
      ...[`standard-seed0 ${waiting}`, `full-seed0 ${waiting}; failed before: no luck`],
    ]);
  }));

Deno.test("followStudy() writes tables and page where the job for them has not", () =>
  inCluster(async (dir, options) => {
    const plan = await tinyPlan(), events: StudyEvent[] = [];
    await submitStudy(plan, { ...options, atOnce: 2 });
    assertEquals((await readSubmissions(options.dir))[0]!.atOnce, 2);
    const { createStepper } = fakeRuns(options.dir);
    for (const run of ["standard-seed0", "full-seed0"]) {
      await runOneJob(options.dir, run, { createStepper: createStepper! });
    }
    const follow = () =>
      followStudy(options.dir, { look: 1, onEvent: (event) => void events.push(event) });
    const { done, report } = await follow();
    assertEquals([done, await exists(`${options.dir}/index.html`)], [2, true]);
    assertEquals(report!.summary.rows.length, 2);
    const notices = () => events.filter(({ type }) => type === "notice").length;
    assertEquals(notices(), 1);
    // which is there by now
    await follow();
    assertEquals(notices(), 1, dir);
  }));
