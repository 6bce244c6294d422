import { assert, assertEquals, assertStringIncludes } from "../deps.ts";
import { showEvaluation, showProgress } from "../../cli/show_progress.ts";
import { Pace, type TrainingEvent, TrainingEvents } from "../../mod.ts";

/** What is printed for some events, without a terminal. */
async function printed(json: boolean, seen: TrainingEvent[]): Promise<string[]> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (line: string) => lines.push(line);
  try {
    const events = new TrainingEvents();
    let now = 0;
    const pace = new Pace(0, () => now);
    showProgress(events, { json, pace, maxTime: null });
    for (const event of seen) {
      now += 2000;
      await events.emit(event);
    }
  } finally {
    console.log = log;
  }
  return lines;
}

const losses = { standardShapeLoss: 0.5, totalLoss: 1.25 };
const step = (n: number): TrainingEvent => ({
  type: "step",
  position: { step: n, epoch: 0, index: n },
  epoch: 1,
  losses,
  seconds: 2,
  totalSteps: 100,
});
const validation: TrainingEvent = {
  type: "validation",
  position: { step: 9, epoch: 1, index: 0 },
  epoch: 1,
  scores: { stnMeanIou: 0.5, stnDiceLV: 0.25 },
  score: 0.5,
  best: true,
};

Deno.test("showProgress() prints a plain line every few seconds where there is no terminal", async () => {
  if (Deno.stdout.isTerminal() && Deno.stderr.isTerminal()) {
    return console.log("passed over: this is a terminal");
  }
  const lines = await printed(false, [...[1, 2, 3, 4].map(step), validation]);
  assertEquals(lines, [
    "losses: sSha standardShapeLoss",
    "step 1/100 epoch 1 | loss 1.250 sSha 0.500 | 0.50 steps/s, 3 min 18 s left",
    "step 4/100 epoch 1 | loss 1.250 sSha 0.500 | 0.50 steps/s, 3 min 12 s left",
    "epoch 1: stnMeanIou 0.500 (best so far)",
  ]);
});

Deno.test("showProgress() prints every event as a JSON line for machines", async () => {
  const lines = await printed(true, [step(1), validation]);
  assertEquals(lines.map((line) => JSON.parse(line).type), ["step", "validation"]);
  assertStringIncludes(lines[0]!, '"totalLoss":1.25');
  assert(lines.every((line) => !line.includes("\n")));
});

Deno.test("showEvaluation() tells every few seconds how far it is, and how long it will take", () => {
  const lines: string[] = [], log = console.log;
  console.log = (line: string) => lines.push(line);
  try {
    let now = 100;
    const tell = showEvaluation(false, () => now);
    for (let volumes = 0; volumes < 10; volumes++, now += 2) tell(volumes, 10);
    showEvaluation(true)(3, 10);
  } finally {
    console.log = log;
  }
  assertEquals(lines, [
    "evaluating, volume 3/10, 14 s left",
    "evaluating, volume 6/10, 8 s left",
    "evaluating, volume 9/10, 2 s left",
    '{"type":"evaluation","volumes":3,"total":10}',
  ]);
});
