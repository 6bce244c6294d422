import { assertEquals } from "../../../deps.ts";
import {
  chooseDivision,
  divisionsOf,
} from "../../../../lib/workflows/study/jobs/choose_division.ts";
import { tinyPlan } from "../tiny_study.ts";

Deno.test("divisionsOf() halves threads from all cores to one, for no more runs than there are", () => {
  const shown = (cores: number, runs: number) =>
    divisionsOf(cores, runs).map(({ jobs, threads }) => `${jobs}x${threads}`);
  assertEquals(shown(8, 100), ["1x8", "2x4", "4x2", "8x1"]);
  assertEquals(shown(6, 100), ["1x6", "2x3", "6x1"]);
  assertEquals(shown(8, 3), ["1x8", "2x4", "3x2"]);
  assertEquals(shown(2, 1), ["1x2"]);
  assertEquals(shown(1, 9), ["1x1"]);
  assertEquals(shown(256, 100).at(-1), "64x4");
});

Deno.test("chooseDivision() takes the one whose runs end first, by the last method", async () => {
  const plan = await tinyPlan({ methods: ["standard", "full"], seeds: [0, 1, 2] });
  const asked: string[] = [];
  const timed = (seconds: Record<number, number>) =>
    chooseDivision(plan, {
      cores: 4,
      time: (job, { jobs }) => (asked.push(job.method), Promise.resolve(seconds[jobs]!)),
    });
  // 6 runs: 6, 3 and 2 in a row.
  assertEquals((await timed({ 1: 1, 2: 1.9, 4: 3.1 })).best, { jobs: 2, threads: 2 });
  assertEquals((await timed({ 1: 1, 2: 2.1, 4: 3.1 })).best, { jobs: 1, threads: 4 });
  assertEquals((await timed({ 1: 1, 2: 1.9, 4: 2.8 })).best, { jobs: 4, threads: 1 });
  assertEquals(new Set(asked), new Set(["full"]));
});

Deno.test("chooseDivision() measures nothing where there is nothing to choose", async () => {
  const time = () => Promise.reject(new Error("measured"));
  const plan = await tinyPlan({ methods: ["full"] });
  assertEquals(await chooseDivision(plan, { cores: 4, time }), {
    best: { jobs: 1, threads: 4 },
    measured: [],
  });
});

Deno.test("chooseDivision() times steps in workers of their own", async () => {
  const plan = await tinyPlan({ methods: ["standard", "full"] });
  const { best, measured } = await chooseDivision(plan, { cores: 2 });
  assertEquals(measured.map(({ jobs, threads }) => [jobs, threads]), [[1, 2], [2, 1]]);
  assertEquals(measured.every(({ secondsPerStep }) => secondsPerStep > 0), true);
  assertEquals(best.jobs * best.threads, 2);
});
