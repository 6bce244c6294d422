import { assertEquals, assertRejects } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { readStepLog } from "../../../lib/formats/run_folder/step_log.ts";
import { SafetensorsError } from "../../../lib/formats/safetensors/safetensors_error.ts";
import { TrainingEvents } from "../../../lib/learning/training/events.ts";
import { type ResumeChanges, resumeRun } from "../../../lib/workflows/runs/resume_run.ts";
import { startRun } from "../../../lib/workflows/runs/start_run.ts";
import { createStepper, inFolder, names, tinyConfig } from "./tiny_run.ts";

Deno.test("resumeRun() goes on to the numbers of a run that was not interrupted", () =>
  inFolder(async (parent) => {
    const log = async (dir: string) =>
      (await readStepLog(`${dir}/log.jsonl`)).map(({ seconds: _, heapBytes: _bytes, ...rest }) =>
        rest
      );
    const quiet = ["output.pictures=false", "evaluation.artifacts=false"];
    await startRun(await tinyConfig(`${parent}/whole`, ...quiet), { createStepper });
    const stop = new AbortController();
    const events = new TrainingEvents().on("step", () => stop.abort("interrupted"));
    const config = await tinyConfig(`${parent}/cut`, ...quiet);
    const cut = await startRun(config, { createStepper, events, stop });
    assertEquals([cut.reason, cut.evaluation], ["interrupted", undefined]);
    assertEquals((await log(`${parent}/cut`)).length, 1);
    let firstStep = 0;
    const onStart = (start: { firstStep: number }) => void (firstStep = start.firstStep);
    await resumeRun(`${parent}/cut`, {}, { createStepper, onStart });
    assertEquals(firstStep, 1);
    assertEquals(await log(`${parent}/cut`), await log(`${parent}/whole`));
    assertEquals(
      await Deno.readTextFile(`${parent}/cut/evaluation.json`),
      await Deno.readTextFile(`${parent}/whole/evaluation.json`),
    );
    await Deno.writeTextFile(`${parent}/cut/division.json`, "{}");
    await assertRejects(
      () => resumeRun(`${parent}/cut`, {}, { createStepper }),
      RunFolderError,
      "division.json: train is missing",
    );
  }));

Deno.test("startRun() draws an interrupted run as far as it came, if pictures are wanted", () =>
  inFolder(async (parent) => {
    const interrupted = async (dir: string, ...set: string[]) => {
      const stop = new AbortController();
      const events = new TrainingEvents().on("step", () => stop.abort("interrupted"));
      await startRun(await tinyConfig(dir, ...set), { createStepper, events, stop });
      return names(dir).filter((name) => name.endsWith(".png"));
    };
    assertEquals(await interrupted(`${parent}/drawn`), ["loss_curves.png", "slices.png"]);
    assertEquals(await interrupted(`${parent}/not`, "output.pictures=false"), []);
  }));

Deno.test("resumeRun() changes only what ends a run, and saves it once the run can go on", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/run`;
    const quiet = ["output.pictures=false", "evaluation.artifacts=false"];
    await startRun(await tinyConfig(dir, ...quiet), { createStepper });
    const resume = (changes: object) => resumeRun(dir, changes as ResumeChanges, { createStepper });
    const saved = () => Deno.readTextFile(`${dir}/config.json`);
    const before = await saved();
    for (const [section, key] of [["training", "seed"], ["data", "size"], ["training", "epoch"]]) {
      const change = () => resume({ [section!]: { [key!]: 1 } });
      await assertRejects(change, ConfigError, `another ${section}.${key}`);
    }
    const checkpoint = await Deno.readFile(`${dir}/last.safetensors`);
    await Deno.writeTextFile(`${dir}/last.safetensors`, "torn");
    await assertRejects(() => resume({ training: { epochs: 2 } }), SafetensorsError);
    assertEquals(await saved(), before);
    await Deno.writeFile(`${dir}/last.safetensors`, checkpoint);
    await resume({ data: {}, training: { epochs: 2, patience: 3 } });
    const { training } = JSON.parse(await saved());
    assertEquals([training.epochs, training.patience], [2, 3]);
    assertEquals((await readStepLog(`${dir}/log.jsonl`)).at(-1)?.epoch, 2);
  }));
