import { assertEquals, assertRejects } from "../../../deps.ts";
import { parseConfig } from "../../../../lib/base/config/parse_config.ts";
import { openStudy } from "../../../../lib/workflows/study/results/open_study.ts";
import { StudyError } from "../../../../lib/workflows/study/plan/study_error.ts";
import { madePlan, madeResult } from "../made_results.ts";
import { inFolder } from "../tiny_study.ts";

const { evaluation } = madeResult({ method: "full" }, { "site A": "intra" }, [
  { set: "site A", subject: "a", ftn: 0.5 },
]);
const LOG = '{"step":1,"epoch":1,"seconds":0.5,"totalLoss":2}\n';

async function write(dir: string, files: Readonly<Record<string, unknown>>): Promise<void> {
  await Deno.mkdir(dir, { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    await Deno.writeTextFile(`${dir}/${name}`, text);
  }
}

Deno.test("openStudy() gives the jobs of an unfinished study and what is done of them", () =>
  inFolder(async (dir) => {
    const plan = madePlan(["standard", "full"], [0, 1]);
    await write(dir, { "study.json": plan });
    await write(`${dir}/runs/full-seed0`, { "evaluation.json": evaluation, "log.jsonl": LOG });
    await write(`${dir}/runs/full-seed1`, { "log.jsonl": LOG });
    const opened = await openStudy(dir);
    assertEquals(opened.plan, plan);
    assertEquals(opened.jobs.length, 4);
    assertEquals(opened.results.map(({ job, losses }) => [job.id, losses[0]!["totalLoss"]]), [
      ["full-seed0", 2],
    ]);
  }));

Deno.test("openStudy() takes a single run for a study of one job", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/my-run`;
    const config = parseConfig({ training: { seed: 7 }, data: { folds: 3, fold: 2 } });
    await write(dir, { "config.json": config, "evaluation.json": evaluation });
    const { plan, jobs, results } = await openStudy(dir);
    assertEquals([plan.preset, plan.methods, results.length], ["run", ["my-run"], 1]);
    assertEquals(jobs[0]!.replicate, { seed: 7, split: null, fold: 2 });
    assertEquals(results[0]!.dir, dir);
  }));

Deno.test("openStudy() says which file cannot be used", () =>
  inFolder(async (parent) => {
    const plan = madePlan(["full"]);
    const broken: [string, string, string][] = [
      ["a", "{", "a/runs/full-seed0/evaluation.json"],
      ["b", JSON.stringify({ ...evaluation, volumes: [{}] }), "volumes.0.set is missing"],
    ];
    for (const [name, text, message] of broken) {
      await write(`${parent}/${name}`, { "study.json": plan });
      await write(`${parent}/${name}/runs/full-seed0`, { "evaluation.json": text });
      await assertRejects(() => openStudy(`${parent}/${name}`), StudyError, message);
    }
    await write(`${parent}/c`, { "study.json": "no" });
    await assertRejects(() => openStudy(`${parent}/c`), StudyError, "c/study.json");
  }));
