import { makePlan, type PlanOptions } from "../../../lib/workflows/study/plan/make_plan.ts";
import type { RunStudyOptions } from "../../../lib/workflows/study/jobs/run_study.ts";
import type { StudyEvent } from "../../../lib/workflows/study/jobs/study_events.ts";
import type { StudyPlan } from "../../../lib/workflows/study/plan/study_plan.ts";
import { summarise } from "../../../lib/workflows/study/results/summarise.ts";
import { openStudy } from "../../../lib/workflows/study/results/open_study.ts";
import { FakeStepper } from "../../learning/training/fake_stepper.ts";

/** Settings of the smallest runs: three subjects of the phantom, one a part, at 16 x 16. */
export const TINY = [
  ...["data.size=16", "data.spacing=12", "phantom.subjects=3", "phantom.otherSubjects=0"],
  ...["data.validationFraction=0.34", "data.testFraction=0.34", "evaluation.artifacts=false"],
  ...["training.epochs=1", "training.maxSteps=3", "training.batchSize=8", "output.pictures=false"],
  "evaluation.refinements=1",
];

/** A plan of the smallest runs. */
export function tinyPlan(options: PlanOptions = {}): Promise<StudyPlan> {
  return makePlan({
    methods: ["standard", "full"],
    seeds: [0],
    ...options,
    set: [...TINY, ...options.set ?? []],
  });
}

/** Runs with a stepper that is no network, and without tables and page. */
export function fakeRuns(
  dir: string,
  onEvent: (event: StudyEvent) => void = () => {},
): RunStudyOptions {
  return {
    dir,
    onEvent,
    createStepper: () => Promise.resolve(new FakeStepper()),
    async report() {
      const { plan, results } = await openStudy(dir);
      return { summary: summarise(plan, results, { resamples: 100 }), page: "" };
    },
  };
}

/** Runs in a folder that is gone afterwards. */
export async function inFolder(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await Deno.makeTempDir();
  try {
    await run(dir);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
}
