import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertThrows,
} from "../../deps.ts";
import { parseConfig } from "../../../lib/base/config/parse_config.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { loadCheckpoint } from "../../../lib/formats/run_folder/checkpoint.ts";
import { CheckpointError } from "../../../lib/formats/run_folder/checkpoint_error.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { SafetensorsError } from "../../../lib/formats/safetensors/safetensors_error.ts";
import { readStepLog } from "../../../lib/formats/run_folder/step_log.ts";
import { CooperativeStepper } from "../../../lib/learning/cooperative/cooperative_stepper.ts";
import {
  readInitialWeights,
  takeInitialWeights,
} from "../../../lib/workflows/runs/initial_weights.ts";
import { resumeRun } from "../../../lib/workflows/runs/resume_run.ts";
import { startRun } from "../../../lib/workflows/runs/start_run.ts";
import { startBackend } from "../../../wasm/mod.ts";
import { TINY, tinyBatch } from "../../learning/cooperative/tiny_step.ts";
import { createStepper, inFolder, names, tinyConfig, withRun } from "./tiny_run.ts";

await startBackend({ threads: 2 });

const SMALL = ["output.pictures=false", "data.testFraction=0"];
const stepperOf = (model: Record<string, number>, seed: number) =>
  new CooperativeStepper(
    { ...parseConfig({}), model: { ...TINY, ...model } },
    RandomStream.fromSeed(seed),
  );

Deno.test("takeInitialWeights() takes all where all agrees, and begins the optimiser afresh", () => {
  const [other, own, expected] = [stepperOf({}, 1), stepperOf({}, 2), stepperOf({}, 1)];
  for (let n = 0; n < 2; n++) other.step(tinyBatch(), RandomStream.fromSeed(n));
  const tensors = other.tensors();
  const told = takeInitialWeights(own, { path: "a/best.safetensors", tensors });
  const weights = [...tensors].filter(([name]) => !name.startsWith("optimizer."));
  assertEquals(
    told,
    `begins with ${weights.length} of ${weights.length} tensors from a/best.safetensors`,
  );
  const found = own.tensors();
  for (const [name, tensor] of weights) assertEquals(found.get(name), tensor, name);
  assertEquals(found.get("optimizer.step")!.data[0], 0);
  for (const stepper of [other, own, expected]) stepper.dispose();
});

Deno.test("takeInitialWeights() leaves what depends on the classes as it was drawn, and names it", () => {
  const other = stepperOf({ classes: 5 }, 1), own = stepperOf({}, 2);
  const drawn = own.tensors(), tensors = other.tensors();
  const told = takeInitialWeights(own, { path: "best", tensors });
  const found = own.tensors(), anew: string[] = [];
  for (const [name, tensor] of found) {
    if (name.startsWith("optimizer.")) continue;
    if (tensor.shape.join() === tensors.get(name)!.shape.join()) {
      assertEquals(tensor, tensors.get(name), name);
    } else {
      assertEquals(tensor, drawn.get(name), name);
      anew.push(name);
    }
  }
  assert(anew.length > 2 && anew.length < 10, anew.join());
  assert(anew.every((name) => /^(segmentation|shape)_/.test(name)), anew.join());
  assert(told.endsWith(`; drawn anew: ${anew.join(", ")}`), told);
  for (const stepper of [other, own]) stepper.dispose();
});

Deno.test("takeInitialWeights() refuses weights of which none fits", () => {
  const stepper = { tensors: () => new Map([["a", { shape: [1], data: Float32Array.of(3) }]]) };
  const tensors = new Map([["b", { shape: [1], data: Float32Array.of(4) }]]);
  assertThrows(
    () => takeInitialWeights({ ...stepper, load: () => {} }, { path: "x/best", tensors }),
    CheckpointError,
    "Cannot begin with x/best: none of its tensors",
  );
});

Deno.test("startRun() begins with another run's weights, tells it, and keeps where they are from", () =>
  inFolder(async (parent) => {
    const first = `${parent}/first`, second = `${parent}/second`;
    await startRun(await tinyConfig(first, ...SMALL), { createStepper });
    const { tensors } = await loadCheckpoint(`${first}/best.safetensors`, {});
    const weight = tensors.get("encoder.weight")!.data[0]!;
    assert(weight !== 0);

    const notices: string[] = [];
    await startRun(await tinyConfig(second, ...SMALL, `training.init=${first}`), {
      createStepper,
      onNotice: (line) => notices.push(line),
    });
    assert(notices.includes(`begins with 1 of 1 tensors from ${first}/best.safetensors`));
    // The fake stepper's first step from this weight, its moment afresh.
    const [step] = await readStepLog(`${second}/log.jsonl`);
    const { totalLoss, segmentationLoss: moment } = step as unknown as Record<string, number>;
    assertAlmostEquals(totalLoss!, weight + 0.1 * moment!, 1e-6);
    const config = JSON.parse(await Deno.readTextFile(`${second}/config.json`));
    assertEquals(config.training.init, first);

    // A resumed run goes on with its own weights, the other run gone or not.
    await Deno.remove(first, { recursive: true });
    await resumeRun(second, { training: { epochs: 2 } }, { createStepper });
    const steps = await readStepLog(`${second}/log.jsonl`);
    assert(steps.length > 1);
  }));

Deno.test("startRun() refuses a run to begin with that is none, and leaves nothing behind", () =>
  inFolder(async (parent) => {
    const dir = `${parent}/run`;
    const refuse = async (init: string, text: string) => {
      const config = await tinyConfig(dir, `training.init=${init}`);
      await assertRejects(() => startRun(config, { createStepper }), RunFolderError, text);
      assertEquals(names(parent).includes("run"), false);
    };
    await refuse(`${parent}/nowhere`, `Cannot open run ${parent}/nowhere`);
    await Deno.mkdir(`${parent}/fresh`);
    await Deno.writeTextFile(`${parent}/fresh/config.json`, "{}");
    await refuse(`${parent}/fresh`, `Cannot load run ${parent}/fresh: it holds no checkpoint yet`);
  }));

Deno.test("readInitialWeights() takes the last checkpoint where there is no best, and refuses damage", () =>
  withRun(async ({ dir }) => {
    const { path, tensors } = await readInitialWeights(dir);
    assertEquals([path, tensors.has("encoder.weight")], [`${dir}/last.safetensors`, true]);
    await Deno.writeTextFile(`${dir}/best.safetensors`, "no tensors");
    await assertRejects(() => readInitialWeights(dir), SafetensorsError, "best.safetensors");
  }));
