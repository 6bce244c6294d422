import { assertEquals, assertRejects } from "../../deps.ts";
import { RunFolderError } from "../../../lib/formats/run_folder/run_folder_error.ts";
import { saveHardExample } from "../../../lib/formats/run_folder/hard_example.ts";
import { pageProgressSchema } from "../../../lib/workflows/view/page_progress.ts";
import { RunFollower } from "../../../lib/workflows/view/run_progress.ts";
import { withRun } from "../runs/tiny_run.ts";

const line = (step: number) =>
  JSON.stringify({ step, epoch: 1, totalLoss: 10 / step, seconds: 0.5 }) + "\n";

Deno.test("RunFollower.look() follows a log as it grows, and as it is cut", () =>
  withRun(async ({ dir }) => {
    const log = `${dir}/log.jsonl`, follower = new RunFollower(dir);
    assertEquals((await follower.look()).step, 0);
    await Deno.writeTextFile(log, line(1) + line(2).slice(0, 20));
    assertEquals((await follower.look()).losses, [[1, 10]]);
    await Deno.writeTextFile(log, line(2).slice(20) + line(3), { append: true });
    const { losses, stepsPerSecond, state } = await follower.look();
    assertEquals([losses.map(([step]) => step), stepsPerSecond, state], [[1, 2, 3], 2, "training"]);
    await Deno.writeTextFile(log, line(1) + line(2));
    assertEquals((await follower.look()).step, 2);
    await Deno.writeTextFile(log, `{"epoch":1}\n`, { append: true });
    await assertRejects(() => follower.look(), RunFolderError, "log.jsonl: line 3");
    await Deno.writeTextFile(log, line(1));
    assertEquals((await follower.look()).step, 1);
    await Deno.remove(`${dir}/config.json`);
    await assertRejects(() => follower.look(), RunFolderError, dir);
  }));

Deno.test("RunFollower.look() tells validations, the latest hard example, and the end", () =>
  withRun(async ({ dir }) => {
    await Deno.writeTextFile(`${dir}/log.jsonl`, [1, 2, 3].map(line).join(""));
    const long = new Date(Date.now() - 3600_000);
    await Deno.utime(`${dir}/log.jsonl`, long, long);
    await Deno.writeTextFile(
      `${dir}/metrics.csv`,
      "epoch,step,learningRate,ftnDice,stnDice\n1,2,0.001,0.25,\n",
    );
    const pixels = new Uint8Array(6).toBase64();
    for (const step of [1, 3]) {
      await saveHardExample(`${dir}/hard_examples`, {
        ...{ step, height: 2, width: 3, images: pixels, labels: pixels },
      });
    }
    const follower = new RunFollower(dir), now = await follower.look();
    assertEquals(now.validations, [{ step: 2, scores: { ftnDice: 0.25 } }]);
    assertEquals([now.hardExample?.step, now.state], [3, "resting"]);
    assertEquals(pageProgressSchema.parse(JSON.parse(JSON.stringify(now))), now);
    await Deno.writeTextFile(`${dir}/evaluation.json`, "{}");
    assertEquals((await follower.look()).state, "evaluated");
  }));

Deno.test("RunFollower.look() thins long curves, and keeps their ends", () =>
  withRun(async ({ dir }) => {
    const steps = Array.from({ length: 5000 }, (_, n) => line(n + 1));
    await Deno.writeTextFile(`${dir}/log.jsonl`, steps.join(""));
    const { losses, step } = await new RunFollower(dir).look();
    assertEquals([step, losses[0]![0], losses.at(-1)![0]], [5000, 1, 5000]);
    assertEquals(losses.length < 700, true);
  }));
