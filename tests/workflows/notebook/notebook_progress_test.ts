import {
  NotebookProgress,
  notebookProgress,
} from "../../../lib/workflows/notebook/notebook_progress.ts";
import { assertEquals, assertThrows } from "../../deps.ts";

/** A front end that hears, and a clock that is set by hand. */
function heard() {
  const messages: { type: string; text: string; id: string }[] = [];
  const clock = { now: 0 };
  const progress = new NotebookProgress((type, content) => {
    const { data, transient } = content as {
      data: { "text/plain": string };
      transient: { display_id: string };
    };
    messages.push({ type, text: data["text/plain"], id: transient.display_id });
    return Promise.resolve();
  }, () => clock.now);
  return { messages, clock, progress };
}

const step = (n: number) => ({
  type: "step" as const,
  position: { step: n, epoch: 1, index: n },
  epoch: 1,
  seconds: 1,
  totalSteps: 10,
  losses: { totalLoss: 1 / n },
});

Deno.test("NotebookProgress keeps to one line, updated now and then", async () => {
  const { messages, clock, progress: { events, onEvaluation } } = heard();
  await events.emit(step(1));
  clock.now = 100;
  await events.emit(step(2));
  clock.now = 1000;
  await events.emit(step(3));
  await events.emit({ type: "done", position: step(10).position, reason: "max-steps" });
  for (let n = 0; n < 5; n++) onEvaluation(n, 5);
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals(messages.map(({ type }) => type), [
    "display_data",
    ...Array(3).fill("update_display_data"),
  ]);
  assertEquals(new Set(messages.map(({ id }) => id)).size, 1);
  assertEquals(messages.map(({ text }) => text), [
    "step 1 of 10, epoch 1, loss 1.000",
    // two steps in a second, and seven to go
    "step 3 of 10, epoch 1, loss 0.333, 4 s left",
    "trained to step 10 in 1 s (max-steps)",
    "trained to step 10 in 1 s (max-steps); evaluating volume 5 of 5",
  ]);
});

Deno.test("NotebookProgress counts, and tells of a study", async () => {
  const { messages, progress, clock } = heard();
  progress.onProgress(1, 4);
  clock.now = 400;
  progress.onEvent({ type: "step", job: "full-seed0", step: 3, totalSteps: 9, loss: 0.5 });
  clock.now = 800;
  progress.onEvent({ type: "evaluation", job: "full-seed0", volumes: 2, total: 8 });
  progress.onProgress(4, 4);
  await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals(messages.map(({ text }) => text), [
    "1 of 4",
    "full-seed0: step 3 of 9, loss 0.500",
    "full-seed0: evaluating volume 2 of 8",
    "4 of 4",
  ]);
});

Deno.test("NotebookProgress goes on where the front end fails to hear", async () => {
  const heard: string[] = [];
  const progress = new NotebookProgress((type) => {
    heard.push(type);
    return heard.length === 1 ? Promise.reject(new Error("gone")) : Promise.resolve();
  });
  await progress.events.emit(step(1));
  progress.onProgress(4, 4);
  await new Promise((resolve) => setTimeout(resolve, 0));
  assertEquals(heard, ["display_data", "update_display_data"]);
});

Deno.test("notebookProgress() wants Deno's kernel", () => {
  assertThrows(() => notebookProgress(), TypeError, "not Deno's Jupyter kernel");
});
