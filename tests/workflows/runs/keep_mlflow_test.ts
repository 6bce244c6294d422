import { existsSync } from "node:fs";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "../../deps.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";
import { runFolder } from "../../../lib/formats/run_folder/run_folder.ts";
import { type StepEvent, TrainingEvents } from "../../../lib/learning/training/events.ts";
import { keepMlflow } from "../../../lib/workflows/runs/keep_mlflow.ts";
import { resumeRun } from "../../../lib/workflows/runs/resume_run.ts";
import { startRun } from "../../../lib/workflows/runs/start_run.ts";
import { readStore, type StoredRun } from "../../formats/mlflow/read_store.ts";
import { createStepper, inFolder, tinyConfig } from "./tiny_run.ts";

const QUIET = ["output.pictures=false", "evaluation.artifacts=false"];

Deno.test("a run tells MLflow of itself, and a resumed one goes on with the same run there", () =>
  inFolder(async (dir) => {
    const store = `${dir}/mlruns`, at = `${dir}/one`;
    const config = await tinyConfig(at, ...QUIET, `tracking.mlflow=${store}`, "training.epochs=2");
    const stop = new AbortController();
    const events = new TrainingEvents().on("step", () => stop.abort("interrupted"));
    await startRun(config, { createStepper, events, stop });
    const [cut] = (await readStore(store)).tandem!;
    assertEquals([cut!.name, cut!.status, cut!.ended], ["one", 5, true]);
    assertEquals(cut!.metrics["loss/totalLoss"]!.length, 1);
    assertEquals([cut!.params["training.batchSize"], cut!.params["data.dir"]], ["8", "null"]);
    const notices: string[] = [];
    const onNotice = (line: string) => void notices.push(line);
    const { evaluation } = await resumeRun(at, {}, { createStepper, onNotice });
    const [whole, ...others] = (await readStore(store)).tandem!;
    assertEquals([whole!.id, others, whole!.status], [cut!.id, [], 3]);
    const steps = whole!.metrics["loss/totalLoss"]!.map(([, step]) => step);
    assertEquals(steps, Array.from(steps, (_, n) => n + 1));
    assert(steps.length > 1);
    const validated = whole!.metrics["validation/ftnMeanIou"]!.map(([, step]) => step);
    assertEquals(validated, steps.slice(-1));
    const [set] = Object.values(evaluation!.sets);
    const name = Object.keys(whole!.metrics).find((key) => /^test\/.*\/ftnDice$/.test(key))!;
    assertEquals(whole!.metrics[name], [[set!.ftn.mean!, steps.at(-1)!]]);
    assertEquals(whole!.artifacts, ["config.json", "evaluation.json"]);
    assertStringIncludes(notices.join("\n"), `MLflow: going on with run ${store}/`);
  }));

Deno.test("keepMlflow() refuses a new run that it cannot begin, and lets one that goes on go on", () =>
  inFolder(async (dir) => {
    const folder = runFolder(dir), events = new TrainingEvents(), notices: string[] = [];
    const keep = async (firstStep: number, store: string) =>
      await keepMlflow(events, {
        ...{ folder, firstStep, onNotice: (line) => void notices.push(line), clock: () => 1 },
        config: await tinyConfig(dir, `tracking.mlflow=${store}`),
      });
    await assertRejects(() => keep(0, "/proc/mlruns"), WriteError, "/proc/mlruns");
    assertEquals(await keep(3, "/proc/mlruns"), undefined);
    assertStringIncludes(notices.pop()!, "/proc/mlruns");
    const store = `${dir}/mlruns`, kept = await keep(3, store);
    notices.length = 0;
    const [{ id }] = (await readStore(store)).tandem as [StoredRun];
    const [experiment] = [...Deno.readDirSync(store)].map(({ name }) => name)
      .filter((name) => existsSync(`${store}/${name}/${id}`));
    const metrics = `${store}/${experiment}/${id}/metrics`;
    await Deno.mkdir(`${metrics}/loss`);
    await Deno.symlink("/dev/full", `${metrics}/loss/totalLoss`);
    const step = (step: number): StepEvent => ({
      ...{ type: "step", epoch: 1, losses: { totalLoss: 1 }, seconds: 1, totalSteps: 9 },
      position: { step, epoch: 0, index: step },
    });
    await events.emit(step(4));
    await events.emit(step(5));
    assertEquals(notices.length, 1);
    assertStringIncludes(notices[0]!, "totalLoss: No space left");
    assertStringIncludes(notices[0]!, "the run goes on without MLflow");
    await kept!.end("finished");
  }));
