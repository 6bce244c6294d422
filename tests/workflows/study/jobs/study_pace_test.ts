import { assertEquals } from "../../../deps.ts";
import { StudyPace } from "../../../../lib/workflows/study/jobs/study_pace.ts";
import { jobsOf } from "../../../../lib/workflows/study/plan/jobs_of.ts";
import { madePlan } from "../made_results.ts";

const plan = {
  ...madePlan(["standard", "full"], [0, 1]),
  settings: { training: { maxSteps: 10 } },
};

Deno.test("StudyPace takes measured steps by method, and the mean where a method has none", () => {
  const jobs = jobsOf(plan);
  let now = 0;
  const pace = new StudyPace(plan, jobs, 1, () => now);
  assertEquals(pace.secondsLeft(), Infinity);
  pace.started(jobs[0]!, 0);
  now += 10_000;
  pace.stepped(jobs[0]!, 10, 10);
  // 1 s a step, in all three others
  assertEquals(pace.secondsLeft(), 30);
  pace.evaluating(jobs[0]!);
  now += 4000;
  pace.ended(jobs[0]!, true);
  assertEquals(pace.secondsLeft(), 3 * (10 + 4));
  pace.started(jobs[1]!, 5);
  now += 3000;
  pace.stepped(jobs[1]!, 6, 10);
  assertEquals(pace.secondsLeft(), 4 * 3 + 4 + (10 + 4) + (30 + 4));
  pace.ended(jobs[1]!, false);
  assertEquals(pace.secondsLeft(), (10 + 4) + (30 + 4));
});

Deno.test("StudyPace remembers earlier sittings, and shares the time among workers", () => {
  const pace = new StudyPace(plan, jobsOf(plan).slice(2), 2);
  pace.remember("standard", 100, 200);
  pace.remember("full", 100, 400);
  assertEquals(pace.secondsLeft(), (20 + 40) / 2);
});
