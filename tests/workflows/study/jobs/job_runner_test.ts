import { assertEquals, assertRejects } from "../../../deps.ts";
import { DatasetError } from "../../../../lib/imaging/data/cases/dataset_error.ts";
import { localRunner } from "../../../../lib/workflows/study/jobs/local_runner.ts";
import { workerRunner } from "../../../../lib/workflows/study/jobs/worker_runner.ts";
import { jobsOf } from "../../../../lib/workflows/study/plan/jobs_of.ts";
import { inFolder, tinyPlan } from "../tiny_study.ts";

Deno.test("both runners fail in the same class, and run nothing once they are stopped", () =>
  inFolder(async (dir) => {
    const plan = await tinyPlan({ methods: ["full"], set: ["data.dir=/no/such/place"] });
    const [job] = jobsOf(plan);
    const stop = new AbortController();
    const shared = { plan, dir, stop: stop.signal };
    const runners = [
      localRunner({ ...shared, threads: 1 }),
      workerRunner({ ...shared, threads: 1 }),
    ];
    for (const runner of runners) {
      await assertRejects(() => runner.run(job!, () => {}), DatasetError, "/no/such/place");
    }
    stop.abort();
    for (const runner of runners) {
      assertEquals(await runner.run(job!, () => {}), "interrupted");
      runner[Symbol.dispose]();
    }
  }));
