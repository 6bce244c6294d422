import { assert, assertEquals, assertRejects } from "../../deps.ts";
import { WorkerClient } from "../../../lib/base/workers/worker_client.ts";
import { DatasetError } from "../../../lib/imaging/data/cases/dataset_error.ts";
import type { CountWork } from "./counting_worker.ts";

const module = new URL("./counting_worker.ts", import.meta.url);
const start = (from = 0) =>
  new WorkerClient<CountWork>(module, { from }, { errors: [DatasetError] });

Deno.test("WorkerClient has tasks done one after the other, with news on the way", async () => {
  using worker = start(10);
  const news: string[] = [];
  const hear = (text: string) => void news.push(text);
  const both = [worker.ask({ add: 1, delay: 30 }, hear), worker.ask({ add: 5 }, hear)];
  assertEquals(await Promise.all(both), [11, 16]);
  assertEquals(news, ["adding 1", "adding 5"]);
});

Deno.test("WorkerClient gives orders while a task is under way", async () => {
  using worker = start();
  const asked = worker.ask({ add: 1, delay: 60_000 });
  worker.order("hurry");
  assertEquals(await asked, 1);
});

Deno.test("WorkerClient tells a task's error in its class and takes the next task", async () => {
  using worker = start();
  await assertRejects(() => worker.ask({ add: 0, fail: "data" }), DatasetError, "no such case");
  await assertRejects(() => worker.ask({ add: 0, fail: "range" }), RangeError, "out of range");
  assertEquals(await worker.ask({ add: 2 }), 2);
});

Deno.test("WorkerClient tells with each task that the start has failed", async () => {
  using worker = start(-1);
  await assertRejects(() => worker.ask({ add: 1 }), DatasetError, "cannot count from -1");
  await assertRejects(() => worker.ask({ add: 1 }), DatasetError, "cannot count from -1");
  assert(!worker.ended);
});

Deno.test("WorkerClient ends with all its tasks where the worker itself fails or is ended", async () => {
  using crashed = start();
  const tasks = [crashed.ask({ add: 0, fail: "crash" }), crashed.ask({ add: 1 })];
  for (const task of tasks) await assertRejects(() => task, Error, "A worker failed");
  assert(crashed.ended);
  await assertRejects(() => crashed.ask({ add: 1 }), Error, "A worker failed");
  const ended = start();
  const task = assertRejects(() => ended.ask({ add: 1, delay: 60_000 }), Error, "was ended");
  ended[Symbol.dispose]();
  await task;
});
