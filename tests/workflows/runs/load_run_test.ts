import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { loadCheckpoint, saveCheckpoint } from "../../../lib/formats/run_folder/checkpoint.ts";
import { CheckpointError } from "../../../lib/formats/run_folder/checkpoint_error.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { CooperativeStepper } from "../../../lib/learning/cooperative/cooperative_stepper.ts";
import { DualNetwork } from "../../../lib/learning/models/dual_network.ts";
import { loadRun } from "../../../lib/workflows/runs/load_run.ts";
import { networkModel, readData } from "../../../lib/workflows/runs/settle_data.ts";
import { square } from "../../../lib/base/volume/slice_size.ts";
import { openRunFolder } from "../../../lib/workflows/runs/open_run_folder.ts";
import { startBackend, tf } from "../../../wasm/mod.ts";
import { restoreSegmenter, withRun } from "./tiny_run.ts";

/** A run whose checkpoints are of real networks; `best` has other weights than `last`. */
async function withNetworks(
  run: (dir: string, best: CooperativeStepper) => Promise<void>,
): Promise<void> {
  await startBackend({ threads: 1 });
  await withRun(async ({ dir }) => {
    const { folder, config } = await openRunFolder(dir);
    const model = networkModel(config.model, await readData(folder, config));
    const { state } = await loadCheckpoint(folder.last, { ...model });
    const make = (seed: number) =>
      new CooperativeStepper({ ...config, model }, RandomStream.fromSeed(seed));
    const [last, best] = [make(1), make(2)];
    await saveCheckpoint(folder.last, last.tensors(), state);
    await saveCheckpoint(folder.best, best.tensors(), state);
    last.dispose();
    await run(dir, best);
    best.dispose();
  });
}

Deno.test("loadRun() segments as the best checkpoint's networks do", () =>
  withNetworks(async (dir, best) => {
    const { segmenter } = await loadRun(dir, { threads: 1 });
    const random = RandomStream.fromSeed(3);
    const images = Float32Array.from({ length: 2 * 256 }, () => random.uniform());
    const stack = { images, slices: 2, channels: 1, ...square(16) };
    assertEquals(segmenter.networks, ["ftn", "stn"]);
    assertEquals(segmenter.segment(stack), best.segment(stack));
    segmenter.dispose();
  }));

Deno.test("loadRun() draws no weights and makes no moments of the optimiser", () =>
  withNetworks(async (dir, best) => {
    const { initialise } = DualNetwork;
    DualNetwork.initialise = () => {
      throw new Error("weights were drawn");
    };
    const before = tf.memory().numTensors;
    try {
      const { segmenter } = await loadRun(dir, { threads: 1 });
      assertEquals(tf.memory().numTensors - before, best.network.parameters.weights.size);
      segmenter.dispose();
      assertEquals(tf.memory().numTensors, before);
    } finally {
      DualNetwork.initialise = initialise;
    }
  }));

Deno.test("loadRun() names the checkpoint that lacks a weight, and leaves nothing behind", () =>
  withNetworks(async (dir, best) => {
    const { folder, config } = await openRunFolder(dir);
    const { state } = await loadCheckpoint(folder.best, { baseWidth: config.model.baseWidth });
    const tensors = best.tensors();
    assert(tensors.delete("shape_decoder.final_conv.bias"));
    await saveCheckpoint(folder.best, tensors, state);
    const before = tf.memory().numTensors;
    const error = await assertRejects(() => loadRun(dir, { threads: 1 }), CheckpointError);
    assert(error.message.includes("best.safetensors") && error.message.includes("final_conv.bias"));
    assertEquals(tf.memory().numTensors, before);
    await assertRejects(() => loadRun(dir, { threads: 65 }), RangeError, "65");
  }));

Deno.test("loadRun() takes the last checkpoint for want of a best one, and refuses a run without", () =>
  withRun(async ({ dir }) => {
    const paths: string[] = [];
    await loadRun(dir, { restoreSegmenter: (_, path) => (paths.push(path), restoreSegmenter()) });
    assertEquals(paths, [`${dir}/last.safetensors`]);
    await Deno.remove(`${dir}/last.safetensors`);
    await assertRejects(() => loadRun(dir, { restoreSegmenter }), RunFolderError, "no checkpoint");
  }));
