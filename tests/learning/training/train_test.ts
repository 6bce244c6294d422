import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { TrainingEvents } from "../../../lib/learning/training/events.ts";
import {
  train,
  TrainingDivergedError,
  type TrainingLoop,
} from "../../../lib/learning/training/train.ts";
import { fakeBatches, FakeStepper } from "./fake_stepper.ts";

/** Runs the loop and gives each event as a short text. */
async function run(options: Partial<TrainingLoop>, onStep?: (step: number) => void) {
  const seen: string[] = [];
  const events = new TrainingEvents().onAny((event) => {
    const { step, epoch, index } = event.position;
    if (event.type === "step") onStep?.(step);
    seen.push(`${event.type} ${step}/${epoch}/${index}`);
  });
  const reason = await train({
    stepper: new FakeStepper(),
    batches: fakeBatches(2),
    events,
    rng: RandomStream.fromSeed(1),
    start: { step: 0, epoch: 0, index: 0 },
    epochs: 2,
    stop: new AbortController().signal,
    ...options,
  });
  return { seen, reason };
}

Deno.test("train() tells steps, epochs and the end, each with the place to go on from", async () => {
  assertEquals(await run({}), {
    seen: ["step 1/0/1", "step 2/0/2", "epoch 2/1/0", "step 3/1/1", "step 4/1/2", "epoch 4/2/0"]
      .concat("done 4/2/0"),
    reason: "epochs",
  });
});

Deno.test("train() stops after maxSteps, inside an epoch or at its end", async () => {
  assertEquals(await run({ maxSteps: 3 }), {
    seen: ["step 1/0/1", "step 2/0/2", "epoch 2/1/0", "step 3/1/1", "done 3/1/1"],
    reason: "max-steps",
  });
  assertEquals(await run({ maxSteps: 2 }), {
    seen: ["step 1/0/1", "step 2/0/2", "epoch 2/1/0", "done 2/1/0"],
    reason: "max-steps",
  });
});

Deno.test("train() finishes the step under way when it is stopped", async () => {
  const stop = new AbortController();
  const result = await run({ stop: stop.signal }, (step) => {
    if (step === 2) stop.abort("interrupted");
  });
  assertEquals(result, { seen: ["step 1/0/1", "step 2/0/2", "done 2/0/2"], reason: "interrupted" });
});

Deno.test("train() goes on from a position, with an epoch's end that is still due", async () => {
  const { seen } = await run({ start: { step: 2, epoch: 0, index: 2 } });
  assertEquals(seen, ["epoch 2/1/0", "step 3/1/1", "step 4/1/2", "epoch 4/2/0", "done 4/2/0"]);
  const finished = await run({ start: { step: 4, epoch: 2, index: 0 } });
  assertEquals(finished.seen, ["done 4/2/0"]);
});

Deno.test("train() hears a timer between steps", async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort("interrupted"), 0);
  const { reason } = await run({ stop: stop.signal, epochs: 500 });
  assertEquals(reason, "interrupted");
});

Deno.test("train() ends at a loss that is not finite, and at what a listener throws", async () => {
  const stepper = new FakeStepper();
  stepper.weight[0] = NaN;
  const error = await assertRejects(() => run({ stepper }), TrainingDivergedError, "totalLoss");
  assert(error.message.includes("at step 1"));
  const refuse = () => {
    throw new Error("disk");
  };
  await assertRejects(() => run({}, refuse), Error, "disk");
});
