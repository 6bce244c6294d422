import { assertEquals, assertRejects } from "../../deps.ts";
import { readStepLog, StepLog } from "../../../lib/formats/run_folder/step_log.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";

async function withLog(run: (path: string) => Promise<void>) {
  const dir = await Deno.makeTempDir();
  try {
    await run(`${dir}/log.jsonl`);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}

function append(log: StepLog, step: number, loss = step / 3) {
  log.append({ step, epoch: 1, losses: { totalLoss: loss }, seconds: 0.5 });
}

Deno.test("StepLog writes one object a step, losses digit for digit", () =>
  withLog(async (path) => {
    const log = await StepLog.open(path, 0);
    append(log, 1);
    append(log, 2);
    log.sync();
    log.close();
    assertEquals(await readStepLog(path), [
      { step: 1, epoch: 1, totalLoss: 1 / 3, seconds: 0.5 },
      { step: 2, epoch: 1, totalLoss: 2 / 3, seconds: 0.5 },
    ]);
  }));

Deno.test("StepLog.open() drops later lines and one that was cut short", () =>
  withLog(async (path) => {
    const first = await StepLog.open(path, 0);
    for (let step = 1; step <= 4; step++) append(first, step);
    first.close();
    await Deno.writeTextFile(path, '{"step":5,"totalLo', { append: true });
    const again = await StepLog.open(path, 3);
    append(again, 4, 42);
    again.close();
    const records = await readStepLog(path);
    assertEquals(records.map(({ step }) => step), [1, 2, 3, 4]);
    assertEquals(records[3]!.totalLoss, 42);
  }));

Deno.test("StepLog.open() refuses a log that lacks a step", () =>
  withLog(async (path) => {
    await assertRejects(() => StepLog.open(path, 1), RunFolderError, "no line of step 1");
    const log = await StepLog.open(path, 0);
    append(log, 1);
    append(log, 3);
    log.close();
    await assertRejects(() => StepLog.open(path, 2), RunFolderError, "no line of step 2");
    assertEquals((await readStepLog(path)).length, 2);
  }));

Deno.test("readStepLog() tells file and line of what is no step", () =>
  withLog(async (path) => {
    const good = '{"step":1,"epoch":1,"totalLoss":1,"seconds":0.5}\n';
    for (const text of ["null", "5", "[]", "{}", '"a"', good.replace("0.5", "null").trim()]) {
      await Deno.writeTextFile(path, good + text + "\n");
      for (const open of [() => readStepLog(path), () => StepLog.open(path, 1)]) {
        await assertRejects(open, RunFolderError, `Cannot open ${path}: line 2: `);
      }
    }
  }));
