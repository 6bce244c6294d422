import { assertAlmostEquals, assertEquals } from "../../../deps.ts";
import { estimateStudy } from "../../../../lib/workflows/study/plan/estimate_study.ts";
import { FakeStepper } from "../../../learning/training/fake_stepper.ts";
import { runStudy } from "../../../../lib/workflows/study/jobs/run_study.ts";
import { fakeRuns, inFolder, tinyPlan } from "../tiny_study.ts";

Deno.test("estimateStudy() adds up measured steps and volumes", async () => {
  // Time passes in steps (2 s of standard, 5 s of full) and, 0.5 s each, in segmentations.
  let now = 0;
  const plan = await tinyPlan({ set: ["training.maxSteps=10"] });
  const estimate = await estimateStudy(plan, {
    now: () => now,
    createStepper({ method }) {
      const stepper = new FakeStepper();
      const step = stepper.step.bind(stepper);
      const segment = stepper.segment.bind(stepper);
      stepper.step = (batch, rng) => {
        now += method.latentAugmentation ? 5000 : 2000;
        return step(batch, rng);
      };
      stepper.segment = (...slices) => {
        now += 500;
        return segment(...slices);
      };
      return Promise.resolve(stepper);
    },
  });
  assertEquals(estimate.secondsPerStep, { standard: 2, full: 5 });
  const { jobs, secondsPerVolume: { preparation, evaluation } } = estimate;
  assertEquals([preparation, evaluation], [0, 0.5]);
  assertEquals(jobs.map(({ volumes }) => volumes), [2, 2]);
  const [{ steps }] = jobs as [typeof jobs[number]];
  assertEquals(steps, 5);
  assertAlmostEquals(estimate.seconds, steps * (2 + 5) + 2 * 2 * evaluation, 1e-9);
});

Deno.test("estimateStudy() leaves out what is done, and counts what the folder's study has more", () =>
  inFolder(async (dir) => {
    await runStudy(await tinyPlan({ methods: ["full"] }), fakeRuns(dir));
    const { createStepper } = fakeRuns(dir);
    const options = { dir, createStepper: createStepper! };
    const more = await tinyPlan({ methods: ["standard"], seeds: [1] });
    const { jobs } = await estimateStudy(more, options);
    assertEquals(jobs.map(({ job }) => job.id), [
      ...["standard-seed0", "full-seed1", "standard-seed1"],
    ]);
    const done = await estimateStudy(await tinyPlan({ methods: ["full"] }), options);
    assertEquals([done.jobs, done.seconds], [[], 0]);
  }));
