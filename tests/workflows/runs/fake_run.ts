import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import type { ResolvedConfig } from "../../../lib/base/config/config_schema.ts";
import { type StopReason, TrainingEvents } from "../../../lib/learning/training/events.ts";
import { createRunFolder } from "../../../lib/formats/run_folder/run_folder.ts";
import { exists } from "../../../lib/formats/files/exists.ts";
import { openRunFolder } from "../../../lib/workflows/runs/open_run_folder.ts";
import { findStart, runTraining } from "../../../lib/workflows/runs/sitting.ts";
import { writeAtomically } from "../../../lib/formats/files/write_atomically.ts";
import { type RunData, runDataSchema } from "../../../lib/imaging/data/cases/run_data.ts";
import { MNMS_TASK } from "../../../lib/imaging/data/layouts/cardiac.ts";
import { readData } from "../../../lib/workflows/runs/settle_data.ts";
import { fakeBatches, FakeStepper } from "../../learning/training/fake_stepper.ts";

/** A small configuration: 3 epochs of 4 steps, a checkpoint after every 3 steps. */
export function fakeConfig(...set: string[]): Promise<ResolvedConfig> {
  return resolveConfig({
    set: [
      ...["training.epochs=3", "training.checkpointEverySteps=3", "training.validateEveryEpochs=1"],
      ...["data.size=16", ...set],
    ],
  });
}

/** What a run on the phantom knows of its data. */
function phantomData({ data: { size, spacing } }: ResolvedConfig): RunData {
  return runDataSchema.parse({
    ...{ version: 1, layout: "mnms", task: MNMS_TASK, geometry: "auto", turn: null },
    ...{ preparation: { size, spacing }, fingerprint: null },
  });
}

/** One sitting of a run with the fake stepper: begins it, or goes on where it was ended. */
export async function fakeRun(
  dir: string,
  config: ResolvedConfig,
  events = new TrainingEvents(),
  stop = new AbortController(),
): Promise<StopReason> {
  const folder = await exists(`${dir}/config.json`)
    ? (await openRunFolder(dir)).folder
    : await createRunFolder(dir, config);
  const data = await exists(folder.data) ? await readData(folder, config) : phantomData(config);
  await writeAtomically(folder.data, JSON.stringify(data));
  const stepper = new FakeStepper();
  return await runTraining({
    folder,
    config,
    data,
    stepper,
    batches: fakeBatches(4),
    // Falls and rises again, so that the best is neither the first nor the last.
    validate: () => ({ score: Math.sin(stepper.weight[0]!) }),
    choose: "score",
    events,
    stop,
  }, await findStart(folder, config));
}

// As a program of its own: `fake_run.ts DIR`, slowed down so that it can be killed at any moment.
if (import.meta.main) {
  const events = new TrainingEvents().on("step", () => new Promise((go) => setTimeout(go, 8)));
  await fakeRun(Deno.args[0]!, await fakeConfig("training.epochs=20"), events);
}
