import type { Task } from "../../../lib/base/task/task.ts";
import { TaskMismatchError, translateTask } from "../../../lib/base/task/translate_task.ts";
import { assertEquals, assertThrows } from "../../deps.ts";

const task = (labels: Record<string, number[]>, channels = ["image"]): Task => ({
  labels: Object.entries(labels).map(([name, codes]) => ({ name, codes })),
  channels: channels.map((name) => ({ name })),
});
const run = task({ BG: [0], LV: [1], RV: [3] });

Deno.test("translateTask() follows names, whatever the codes and the order", () => {
  const { task: seen, lacking } = translateTask(
    run,
    task({ background: [0], RV: [1], LV: [3, 4] }),
    "x",
  );
  assertEquals(seen.labels.map(({ codes }) => codes), [[0], [3, 4], [1]]);
  assertEquals(lacking, []);
});

Deno.test("translateTask() tells labels that are lacking, and refuses unknown ones by name", () => {
  assertEquals(translateTask(run, task({ BG: [0], LV: [1] }), "x").lacking, ["RV"]);
  assertThrows(
    () => translateTask(run, task({ BG: [0], aorta: [1], fat: [2] }), "here"),
    TaskMismatchError,
    "Cannot use here: its labels aorta, fat are unknown to the run, which has LV, RV",
  );
});

Deno.test("translateTask() puts channels in the run's order", () => {
  const two = task({ BG: [0], LV: [1], RV: [3] }, ["T1", "T2"]);
  assertEquals(translateTask(two, { ...two, channels: two.channels.toReversed() }, "x").channels, [
    1,
    0,
  ]);
  assertThrows(
    () => translateTask(two, run, "here"),
    TaskMismatchError,
    "its channels are image, those of the run T1, T2",
  );
  assertEquals(translateTask(run, task({ BG: [0], LV: [1] }, ["cine"]), "x").channels, [0]);
});
