import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { WriteError } from "../../../lib/formats/files/write_atomically.ts";
import { readEvents } from "../../../lib/formats/tensorboard/read_events.ts";
import { loadCheckpoint, saveCheckpoint } from "../../../lib/formats/run_folder/checkpoint.ts";
import { CheckpointError } from "../../../lib/formats/run_folder/checkpoint_error.ts";
import { TrainingEvents } from "../../../lib/learning/training/events.ts";
import { readStepLog } from "../../../lib/formats/run_folder/step_log.ts";
import { fakeConfig, fakeRun } from "./fake_run.ts";
import { fullDisk } from "../../full_disk.ts";

async function inFolder(run: (dir: string) => Promise<void>) {
  const dir = await Deno.makeTempDir();
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

async function digest(path: string): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", await Deno.readFile(path));
  return new Uint8Array(hash).toHex();
}

/** The steps and numbers of TensorBoard's file, less the wall times. */
async function scalars(dir: string) {
  const events = await readEvents(`${dir}/events.out.tfevents.tandem`);
  return events.map(({ step, scalars: { "seconds/step": _, ...rest } }) => ({ step, ...rest }));
}

/** All that a run leaves behind, less the wall times. */
async function outcome(dir: string) {
  const log = (await readStepLog(`${dir}/log.jsonl`)).map((
    { seconds: _, heapBytes: _bytes, ...rest },
  ) => rest);
  return {
    log,
    scalars: await scalars(dir),
    metrics: await Deno.readTextFile(`${dir}/metrics.csv`),
    last: await digest(`${dir}/last.safetensors`),
    best: await digest(`${dir}/best.safetensors`),
  };
}

Deno.test("runTraining() leaves log, metrics, last and best checkpoint", () =>
  inFolder(async (dir) => {
    const config = await fakeConfig();
    assertEquals(await fakeRun(`${dir}/a`, config), "epochs");
    const { log, metrics } = await outcome(`${dir}/a`);
    assertEquals(log.map(({ step, epoch }) => [step, epoch]), [
      ...[[1, 1], [2, 1], [3, 1], [4, 1], [5, 2], [6, 2], [7, 2], [8, 2]],
      ...[[9, 3], [10, 3], [11, 3], [12, 3]],
    ]);
    assertEquals(metrics.trim().split(/\r?\n/).map((row) => row.split(",").slice(0, 2).join()), [
      ...["epoch,step", "1,4", "2,8", "3,12"],
    ]);
    const { state } = await loadCheckpoint(`${dir}/a/last.safetensors`, {
      baseWidth: config.model.baseWidth,
    });
    assertEquals(state.position, { step: 12, epoch: 3, index: 0 });
    const scores = metrics.trim().split(/\r?\n/).slice(1).map((row) => Number(row.split(",")[2]));
    const bestEpoch = scores.indexOf(Math.max(...scores)) + 1;
    assertEquals(state.best, { score: Math.max(...scores), epoch: bestEpoch });
    const best = await loadCheckpoint(`${dir}/a/best.safetensors`, {
      baseWidth: config.model.baseWidth,
    });
    assertEquals(best.state.position.step, bestEpoch * 4);
  }));

Deno.test("runTraining() goes on digit for digit wherever it was ended", () =>
  inFolder(async (dir) => {
    const config = await fakeConfig();
    let events = 0;
    const counting = new TrainingEvents().onAny(() => void events++);
    await fakeRun(`${dir}/whole`, config, counting);
    const whole = await outcome(`${dir}/whole`);
    for (let crash = 1; crash <= events; crash++) {
      // A listener that comes first dies before the event is on disk: the worst moment.
      let seen = 0;
      const dying = new TrainingEvents().onAny(() => {
        if (++seen === crash) throw new Error("killed");
      });
      await assertRejects(() => fakeRun(`${dir}/${crash}`, config, dying), Error, "killed");
      await fakeRun(`${dir}/${crash}`, config);
      assertEquals(await outcome(`${dir}/${crash}`), whole, `ended at event ${crash}`);
    }
  }));

Deno.test("runTraining() goes on digit for digit after SIGKILL", () =>
  inFolder(async (dir) => {
    const script = new URL("fake_run.ts", import.meta.url).pathname;
    const start = (out: string) =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-check", script, out],
        stdout: "null",
        stderr: "inherit",
      }).spawn();
    const whole = start(`${dir}/whole`).status;
    let kills = 0;
    for (const milliseconds of [150, 220, 290, 190]) {
      const child = start(`${dir}/killed`);
      const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
      if ((await child.status).signal === "SIGKILL") kills++;
      clearTimeout(timer);
    }
    assert(kills > 0, "no sitting was killed");
    assert((await start(`${dir}/killed`).status).success && (await whole).success);
    assertEquals(await outcome(`${dir}/killed`), await outcome(`${dir}/whole`));
  }));

Deno.test("runTraining() saves and stops when interrupted, and goes on later", () =>
  inFolder(async (dir) => {
    const config = await fakeConfig();
    const stop = new AbortController();
    const events = new TrainingEvents().on("step", ({ position }) => {
      if (position.step === 5) stop.abort("interrupted");
    });
    assertEquals(await fakeRun(`${dir}/a`, config, events, stop), "interrupted");
    const { state } = await loadCheckpoint(`${dir}/a/last.safetensors`, {
      baseWidth: config.model.baseWidth,
    });
    assertEquals(state.position, { step: 5, epoch: 1, index: 1 });
    await fakeRun(`${dir}/a`, config);
    await fakeRun(`${dir}/whole`, config);
    assertEquals(await outcome(`${dir}/a`), await outcome(`${dir}/whole`));
  }));

Deno.test("runTraining() scores an unfinished epoch at maxSteps and can go on with more", () =>
  inFolder(async (dir) => {
    const short = await fakeConfig("training.maxSteps=6");
    assertEquals(await fakeRun(`${dir}/a`, short), "max-steps");
    assert((await Deno.readTextFile(`${dir}/a/metrics.csv`)).includes("2,6,"));
    const before = await scalars(`${dir}/a`);
    assertEquals(before.at(-1)!.step, 6);
    // A finished run scores again when it is resumed, and tells TensorBoard nothing twice.
    assertEquals(await fakeRun(`${dir}/a`, short), "max-steps");
    assertEquals(await scalars(`${dir}/a`), before);
    assertEquals(await fakeRun(`${dir}/a`, await fakeConfig()), "epochs");
    await fakeRun(`${dir}/whole`, await fakeConfig());
    const { log, metrics } = await outcome(`${dir}/whole`);
    assertEquals((await outcome(`${dir}/a`)).log, log);
    assertEquals((await outcome(`${dir}/a`)).metrics, metrics);
  }));

Deno.test("runTraining() ends after maxTime and after patience runs out", () =>
  inFolder(async (dir) => {
    const timed = await fakeConfig("training.maxTime=0.001", "training.epochs=100000");
    assertEquals(await fakeRun(`${dir}/a`, timed), "max-time");
    const patient = await fakeConfig("training.patience=1", "training.epochs=1000");
    assertEquals(await fakeRun(`${dir}/b`, patient), "no-progress");
  }));

Deno.test("runTraining() ends where the disk is full and keeps the last good checkpoint", () =>
  inFolder(async (dir) => {
    const config = await fakeConfig();
    let full: Disposable | undefined;
    const events = new TrainingEvents().on("step", ({ position }) => {
      if (position.step === 5) full = fullDisk("last.safetensors");
    });
    await assertRejects(() => fakeRun(`${dir}/a`, config, events), WriteError, "last.safetensors");
    full![Symbol.dispose]();
    const { state } = await loadCheckpoint(`${dir}/a/last.safetensors`, {
      baseWidth: config.model.baseWidth,
    });
    assertEquals(state.position.step, 4);
    await fakeRun(`${dir}/a`, config);
    await fakeRun(`${dir}/whole`, config);
    assertEquals(await outcome(`${dir}/a`), await outcome(`${dir}/whole`));
  }));

Deno.test("runTraining() refuses a checkpoint of another architecture", () =>
  inFolder(async (dir) => {
    await fakeRun(`${dir}/a`, await fakeConfig());
    const other = await fakeConfig("model.baseWidth=4");
    await assertRejects(() => fakeRun(`${dir}/a`, other), CheckpointError, "model.baseWidth 8");
  }));

Deno.test("runTraining() refuses a checkpoint that stands where no run comes to", () =>
  inFolder(async (dir) => {
    const config = await fakeConfig("training.maxSteps=6");
    await fakeRun(`${dir}/a`, config);
    const path = `${dir}/a/last.safetensors`;
    const { tensors, state } = await loadCheckpoint(path, {});
    for (const change of [{ index: 999 }, { epoch: 7 }, { step: 5 }, { epoch: 0, index: 6 }]) {
      const position = { ...state.position, ...change };
      await saveCheckpoint(path, tensors, { ...state, position });
      await assertRejects(
        () => fakeRun(`${dir}/a`, config),
        CheckpointError,
        `Cannot go on from ${path}: it stands at step ${position.step}, batch ${position.index}`,
      );
    }
  }));
