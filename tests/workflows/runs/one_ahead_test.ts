import { assertEquals, assertRejects } from "../../deps.ts";
import { oneAhead } from "../../../lib/workflows/runs/one_ahead.ts";

/** Steps that note what they do; reading and writing take a turn of the loop. */
function noted(fails: readonly string[] = []) {
  const said: string[] = [];
  const turn = () => new Promise<void>((go) => setTimeout(go, 0));
  const step = (name: string) => async (job: number) => {
    said.push(`${name} ${job}`);
    await turn();
    if (fails.includes(`${name} ${job}`)) throw new Error(`${name} ${job} failed`);
    said.push(`${name} ${job} done`);
    return job;
  };
  const work = async (job: number) => {
    const made = await step("work")(job);
    return made;
  };
  return { said, steps: { read: step("read"), work, write: step("write") } };
}

Deno.test("oneAhead() reads the next and writes the last while it works, and never further", async () => {
  const { said, steps } = noted();
  const done = await Array.fromAsync(oneAhead([0, 1, 2, 3], steps, () => {}));
  assertEquals(done, [0, 1, 2, 3]);
  const at = (text: string) => said.indexOf(text);
  for (const n of [0, 1, 2]) {
    assertEquals(at(`read ${n + 1}`) < at(`work ${n} done`), true, "the next is read meanwhile");
    assertEquals(at(`work ${n}`) < at(`read ${n + 1} done`), true, "and nobody waits for it");
    assertEquals(
      at(`write ${n}`) < at(`work ${n + 1} done`),
      true,
      "the last is written meanwhile",
    );
  }
  for (const n of [0, 1]) {
    assertEquals(at(`read ${n + 2}`) > at(`work ${n} done`), true, "one ahead, no more");
    assertEquals(at(`write ${n + 1}`) > at(`write ${n} done`), true, "one write at a time");
  }
});

Deno.test("oneAhead() goes on after jobs that fail anywhere, told once each", async () => {
  const { steps } = noted(["read 0", "work 1", "write 2", "write 4", "read 5"]);
  const failed: string[] = [];
  const done = await Array.fromAsync(
    oneAhead([0, 1, 2, 3, 4, 5], steps, (job, error) => {
      failed.push(`${job}: ${(error as Error).message}`);
    }),
  );
  assertEquals(done, [3]);
  assertEquals(failed, [
    "0: read 0 failed",
    "1: work 1 failed",
    "2: write 2 failed",
    "4: write 4 failed",
    "5: read 5 failed",
  ]);
});

Deno.test("oneAhead() ends where it is told to, after the write under way", async () => {
  const { said, steps } = noted(["work 1"]);
  const run = () =>
    Array.fromAsync(oneAhead([0, 1, 2], steps, (_, error) => {
      throw error;
    }));
  await assertRejects(run, Error, "work 1 failed");
  assertEquals(said.includes("write 0 done"), true);
  assertEquals(said.some((text) => text === "work 2"), false);
});

Deno.test("oneAhead() of no jobs does nothing", async () => {
  const { said, steps } = noted();
  assertEquals(await Array.fromAsync(oneAhead([], steps, () => {})), []);
  assertEquals(said, []);
});
