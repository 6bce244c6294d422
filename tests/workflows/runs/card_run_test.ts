/** A run on a graphics card: to the bit, through an error, and on to the other device. */
import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { startBackend } from "../../../wasm/mod.ts";
import { CardError } from "../../../lib/gpu/device/card_error.ts";
import { startGpu } from "../../../lib/gpu/backend/start_gpu.ts";
import { TrainingEvents } from "../../../lib/learning/training/events.ts";
import { resumeRun } from "../../../lib/workflows/runs/resume_run.ts";
import { startRun } from "../../../lib/workflows/runs/start_run.ts";
import { whereThereIsACard } from "../../gpu/where_there_is_a_card.ts";
import { inFolder, tinyConfig } from "./tiny_run.ts";

const configOf = (dir: string) =>
  tinyConfig(
    dir,
    ...["model.baseWidth=2", "training.batchSize=2", "training.maxSteps=2", "training.device=gpu"],
    ...["evaluation.artifacts=false", "output.pictures=false", "training.threads=1"],
  );

Deno.test({
  ...whereThereIsACard("a run on a card has the same bits again, also after an error and a save"),
  fn: () =>
    inFolder(async (parent) => {
      const [whole, broken] = [`${parent}/whole`, `${parent}/broken`];
      await startRun(await configOf(whole));

      const events = new TrainingEvents().on("step", async ({ position: { step } }) => {
        if (step === 1) (await startGpu()).card.createPipeline("wrong", "no WGSL", "main");
      });
      const told: string[] = [], hooks = { onNotice: (line: string) => void told.push(line) };
      const config = await configOf(broken);
      const error = await assertRejects(
        () => startRun(config, { ...hooks, events }),
        CardError,
      ) as CardError;
      assertEquals([error.kind, error.stateKept], ["validation error", true]);
      assert(told.at(-1)!.startsWith(`saved after step 1; go on with: train --resume ${broken}`));

      assertEquals((await resumeRun(broken, {}, hooks)).reason, "max-steps");
      const [a, b] = [whole, broken].map((dir) => Deno.readFileSync(`${dir}/last.safetensors`));
      assertEquals(b, a);

      const changes = { training: { device: "cpu", maxSteps: 3 } } as const;
      assertEquals((await resumeRun(whole, changes, hooks)).reason, "max-steps");
      assert(told.some((line) => /device gpu, going on with cpu: devices round/.test(line)));
      await (await startGpu()).stop();
      await startBackend({ threads: 1 });
    }),
});
