import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";
import { readEvaluation } from "../../../lib/formats/run_folder/evaluation.ts";
import { createRunFolder } from "../../../lib/formats/run_folder/run_folder.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { continueRun } from "../../../lib/workflows/runs/continue_run.ts";
import { findStart } from "../../../lib/workflows/runs/sitting.ts";
import { FakeStepper } from "../../learning/training/fake_stepper.ts";
import { inFolder, names, tinyConfig } from "./tiny_run.ts";

const QUIET = ["output.pictures=false", "evaluation.artifacts=false"];

/** A claim that nobody takes over. */
const HELD = { assertHeld: () => Promise.resolve() };

Deno.test("continueRun() trains, evaluates and gives the memory back, whether it ends well or not", () =>
  inFolder(async (parent) => {
    const made: FakeStepper[] = [];
    const createStepper = () => {
      made.push(new FakeStepper());
      return Promise.resolve(made.at(-1)!);
    };
    const config = await tinyConfig(`${parent}/run`, ...QUIET);
    const folder = await createRunFolder(`${parent}/run`, config);
    const start = await findStart(folder, config);
    const { reason, evaluation } = await continueRun(
      folder,
      config,
      start,
      { createStepper },
      HELD,
    );
    assertEquals(reason, "epochs");
    assertEquals(await readEvaluation(folder.evaluation), evaluation);
    // Where the evaluation cannot be written, the training is kept.
    await Deno.remove(folder.evaluation);
    await Deno.mkdir(folder.evaluation);
    const again = async () =>
      await continueRun(folder, config, await findStart(folder, config), { createStepper }, HELD);
    await assertRejects(again, WriteError, "evaluation.json");
    assert(names(folder.dir).includes("last.safetensors"));
    assertEquals(made.map(({ disposed }) => disposed), [true, true]);
  }));

Deno.test("continueRun() holds a run to the subjects it began with", () =>
  inFolder(async (parent) => {
    const config = await tinyConfig(`${parent}/run`, ...QUIET);
    const folder = await createRunFolder(`${parent}/run`, config);
    const createStepper = () => Promise.resolve(new FakeStepper());
    const start = await findStart(folder, config);
    await continueRun(folder, config, start, { createStepper }, HELD);
    const more = await tinyConfig(`${parent}/run`, ...QUIET, "phantom.subjects=4");
    await assertRejects(
      async () =>
        await continueRun(folder, more, await findStart(folder, more), { createStepper }, HELD),
      RunFolderError,
      "other subjects",
    );
  }));
