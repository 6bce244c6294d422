import { assertEquals, assertRejects, assertThrows } from "../../deps.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { writeSafetensors } from "../../../lib/formats/safetensors/files.ts";
import { SafetensorsError } from "../../../lib/formats/safetensors/safetensors_error.ts";
import {
  loadCheckpoint,
  saveCheckpoint,
  type TrainerState,
} from "../../../lib/formats/run_folder/checkpoint.ts";
import { restoreStepper } from "../../../lib/learning/training/restore_stepper.ts";
import { CheckpointError } from "../../../lib/formats/run_folder/checkpoint_error.ts";
import { fullDisk } from "../../full_disk.ts";
import { FakeStepper } from "../../learning/training/fake_stepper.ts";

const model = { baseWidth: 8, classes: 4, inputChannels: 1, levels: 4 };
const state: TrainerState = {
  format: 1,
  model,
  position: { step: 7, epoch: 1, index: 2 },
  best: { score: 0.5, epoch: 1 },
  rng: RandomStream.fromSeed(3).state() as TrainerState["rng"],
};

async function inFolder(run: (path: string) => Promise<void>) {
  const dir = await Deno.makeTempDir();
  try {
    await run(`${dir}/last.safetensors`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

Deno.test("loadCheckpoint() gives back weights, optimiser and trainer state", () =>
  inFolder(async (path) => {
    const stepper = new FakeStepper();
    stepper.weight[0] = 0.25;
    stepper.moment[0] = -2;
    await saveCheckpoint(path, stepper.tensors(), state);
    const checkpoint = await loadCheckpoint(path, model);
    assertEquals(checkpoint.state, state);
    const other = new FakeStepper();
    restoreStepper(other, path, checkpoint);
    assertEquals([other.weight[0], other.moment[0]], [0.25, -2]);
  }));

Deno.test("loadCheckpoint() refuses another architecture by the setting that differs", () =>
  inFolder(async (path) => {
    await saveCheckpoint(path, new FakeStepper().tensors(), state);
    await assertRejects(
      () => loadCheckpoint(path, { ...model, baseWidth: 16 }),
      CheckpointError,
      `${path}: its network has model.baseWidth 8, wanted 16`,
    );
    const empty = { tensors: new Map(), state };
    assertThrows(() => restoreStepper(new FakeStepper(), path, empty), CheckpointError, path);
  }));

Deno.test("loadCheckpoint() refuses a damaged file and one that is no checkpoint", () =>
  inFolder(async (path) => {
    await saveCheckpoint(path, new FakeStepper().tensors(), state);
    const bytes = await Deno.readFile(path);
    await Deno.writeFile(path, bytes.subarray(0, bytes.length - 3));
    await assertRejects(() => loadCheckpoint(path, model), SafetensorsError, path);
    await writeSafetensors(path, new Map());
    await assertRejects(
      () => loadCheckpoint(path, model),
      CheckpointError,
      "no state of a trainer",
    );
    await writeSafetensors(path, new Map(), { tandem: '{"format":2}' });
    await assertRejects(
      () => loadCheckpoint(path, model),
      CheckpointError,
      "format is 2, wanted 1",
    );
  }));

Deno.test("saveCheckpoint() keeps the last good checkpoint where the disk is full", () =>
  inFolder(async (path) => {
    await saveCheckpoint(path, new FakeStepper().tensors(), state);
    const save = () => saveCheckpoint(path, new FakeStepper().tensors(), { ...state, best: null });
    {
      using _full = fullDisk("last.safetensors");
      await assertRejects(save, WriteError, path);
    }
    assertEquals((await loadCheckpoint(path, model)).state.best, state.best);
  }));

Deno.test("loadCheckpoint() refuses numbers that are not finite by the tensor, and a generator that is none", () =>
  inFolder(async (path) => {
    for (const value of [NaN, Infinity, -Infinity]) {
      const stepper = new FakeStepper();
      stepper.moment[0] = value;
      await saveCheckpoint(path, stepper.tensors(), state);
      const name = [...stepper.tensors()].find(([, { data }]) => Object.is(data[0], value))![0];
      await assertRejects(
        () => loadCheckpoint(path, model),
        CheckpointError,
        `Cannot load ${path}: tensor ${name} holds ${value} at 0, wanted finite numbers`,
      );
    }
    const rng = { ...state.rng, generator: [1, 2] };
    await saveCheckpoint(path, new FakeStepper().tensors(), { ...state, rng });
    await assertRejects(() => loadCheckpoint(path, model), CheckpointError, "rng.generator");
  }));
