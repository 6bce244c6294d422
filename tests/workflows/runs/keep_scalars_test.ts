import { assertEquals, assertStringIncludes } from "../../deps.ts";
import { frameRecord } from "../../../lib/formats/tensorboard/records.ts";
import { readEvents } from "../../../lib/formats/tensorboard/read_events.ts";
import {
  type StepEvent,
  TrainingEvents,
  type ValidationEvent,
} from "../../../lib/learning/training/events.ts";
import { keepScalars } from "../../../lib/workflows/runs/keep_scalars.ts";

const clock = () => 5;

async function withPath(run: (path: string) => Promise<void>) {
  const dir = await Deno.makeTempDir();
  try {
    await run(`${dir}/events.out.tfevents.test`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

function stepEvent(step: number, heapBytes?: number): StepEvent {
  const position = { step, epoch: 0, index: step };
  const losses = { totalLoss: 1 / step };
  return { type: "step", position, epoch: 1, losses, seconds: 0.5, totalSteps: 9, heapBytes };
}

function validationEvent(step: number): ValidationEvent {
  const position = { step, epoch: 1, index: 0 };
  const scores = { stnDice: 0.75, stnDiceLV: 0.25 };
  return { type: "validation", position, epoch: 1, scores, score: 0.75, best: true };
}

Deno.test("keepScalars() keeps losses, time and heap of steps, and scores of validations", () =>
  withPath(async (path) => {
    const events = new TrainingEvents();
    {
      using _scalars = keepScalars(events, { path, step: 0, clock });
      await events.emit(stepEvent(1));
      await events.emit(stepEvent(2, 65536));
      await events.emit(validationEvent(2));
    }
    const read = (await readEvents(path)).slice(1);
    assertEquals(read.map(({ step, scalars }) => [step, scalars]), [
      [1, { "loss/totalLoss": 1, "seconds/step": 0.5 }],
      [2, { "loss/totalLoss": 0.5, "seconds/step": 0.5, "heap/bytes": 65536 }],
      [2, { "validation/stnDice": 0.75, "validation/stnDiceLV": 0.25 }],
    ]);
  }));

Deno.test("keepScalars() lets a run go on where the file cannot be begun, and says so once", () =>
  withPath(async (path) => {
    const goesOn = async (step: number, text: string) => {
      const events = new TrainingEvents();
      const notices: string[] = [];
      const onNotice = (line: string) => void notices.push(line);
      using _scalars = keepScalars(events, { path, step, clock, onNotice });
      await events.emit(stepEvent(step + 1));
      await events.emit(validationEvent(step + 1));
      assertEquals(notices.length, 1);
      assertStringIncludes(notices[0]!, text);
      assertStringIncludes(notices[0]!, path);
      assertStringIncludes(notices[0]!, "goes on without");
    };
    await Deno.symlink("/dev/full", path);
    await goesOn(0, "No space left");
    await Deno.remove(path);
    await Deno.writeFile(path, frameRecord(new Uint8Array([0x0b])));
    await goesOn(3, "Cannot open");
  }));

Deno.test("keepScalars() lets a run go on where the disk fills up, and the file later", () =>
  withPath(async (path) => {
    const events = new TrainingEvents();
    const notices: string[] = [];
    const onNotice = (line: string) => void notices.push(line);
    const { writeSync } = Deno.FsFile.prototype;
    {
      using _scalars = keepScalars(events, { path, step: 0, clock, onNotice });
      await events.emit(stepEvent(1));
      try {
        let calls = 0;
        Deno.FsFile.prototype.writeSync = function (bytes) {
          if (++calls > 1) throw new Error("No space left on device");
          return writeSync.call(this, bytes.subarray(0, 20));
        };
        await events.emit(stepEvent(2));
      } finally {
        Deno.FsFile.prototype.writeSync = writeSync;
      }
      await events.emit(stepEvent(3));
    }
    assertEquals(notices.length, 1);
    assertStringIncludes(notices[0]!, `Cannot write ${path}: No space left`);
    const steps = async () => (await readEvents(path)).map(({ step }) => step);
    assertEquals(await steps(), [0, 1]);
    const resumed = new TrainingEvents();
    using _scalars = keepScalars(resumed, { path, step: 3, clock });
    await resumed.emit(stepEvent(4));
    assertEquals(await steps(), [0, 1, 4]);
  }));
