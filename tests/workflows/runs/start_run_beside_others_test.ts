import { assertEquals, assertRejects } from "../../deps.ts";
import { ConfigError } from "../../../lib/base/config/config_error.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";
import { ClaimError } from "../../../lib/formats/files/claim.ts";
import { resumeRun } from "../../../lib/workflows/runs/resume_run.ts";
import { TrainingEvents } from "../../../lib/learning/training/events.ts";
import { startRun } from "../../../lib/workflows/runs/start_run.ts";
import { createStepper, inFolder, names, tinyConfig } from "./tiny_run.ts";

Deno.test("startRun() holds its folder while it trains: it is neither begun nor resumed beside", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/run`;
    const config = await tinyConfig(dir, "evaluation.artifacts=false");
    let tried = 0;
    await startRun(config, {
      createStepper: async () => {
        await assertRejects(() => startRun(config, { createStepper }), ClaimError, "start a run");
        await assertRejects(() => resumeRun(dir, {}, { createStepper }), ClaimError, "resume");
        tried++;
        return await createStepper();
      },
    });
    assertEquals([tried, names(dir).filter((name) => name.startsWith("."))], [1, []]);
    // and lets go of it at the end
    await resumeRun(dir, {}, { createStepper });
  }));

for (const lostAt of [1, 3]) {
  Deno.test(`startRun() writes nothing more once another process has its run, from step ${lostAt} on`, () =>
    inFolder(async (parent) => {
      const dir = `${parent}/run`, events = new TrainingEvents();
      const others = ["log.jsonl", "last.safetensors", "evaluation.json"];
      // suspended for long: another went on, finished, and let go
      events.on("step", async ({ position: { step } }) => {
        if (step < lostAt) return;
        await Deno.remove(`${dir}/.claim`);
        for (const name of others) await Deno.writeTextFile(`${dir}/${name}`, "another's");
      });
      const config = await tinyConfig(dir, "training.maxSteps=9", "training.epochs=9");
      await assertRejects(
        () => startRun(config, { createStepper, events, keepHardExamples: true }),
        ClaimError,
        "another process has taken it over",
      );
      for (const name of others) {
        assertEquals(await Deno.readTextFile(`${dir}/${name}`), "another's");
      }
      assertEquals(names(dir).includes("evaluation.earlier.json"), false);
    }));
}

Deno.test("startRun() takes back only what is its own where it cannot start", () =>
  inFolder(async (parent) => {
    await Deno.writeTextFile(`${parent}/notes.txt`, "mine");
    const config = await tinyConfig(parent, "data.dir=/nowhere");
    await assertRejects(() => startRun(config, { createStepper }), DatasetError, "/nowhere");
    assertEquals(names(parent), ["notes.txt"]);
  }));

Deno.test("startRun() ends at once where it is called off before the first step, to be gone on with", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/run`;
    const stop = new AbortController();
    stop.abort("interrupted");
    const ended = await startRun(await tinyConfig(dir, "evaluation.artifacts=false"), {
      createStepper,
      stop,
    });
    assertEquals(ended, { dir, reason: "interrupted" });
    assertEquals(names(dir).includes("log.jsonl"), false);
    const { reason } = await resumeRun(dir, {}, { createStepper });
    assertEquals(reason === "interrupted", false);
  }));

Deno.test("startRun() makes no folder of the name ~", () =>
  inFolder(async () => {
    const config = await tinyConfig("~/run");
    await assertRejects(
      () => startRun(config, { createStepper }),
      ConfigError,
      "output.dir is ~/run",
    );
  }));
