/** A study's folder with made-up results, for tests of what is made from one. */
import { resolveConfig } from "../../../lib/formats/files/resolve_config.ts";
import { join } from "../../../lib/base/deps/std.ts";
import { RandomStream } from "../../../lib/base/random/random_stream.ts";
import { configOf } from "../../../lib/workflows/study/plan/config_of.ts";
import { jobsOf } from "../../../lib/workflows/study/plan/jobs_of.ts";
import { keptCasesText, type PageCase } from "../../../lib/workflows/study/results/kept_cases.ts";
import { savePlan, studyFolder } from "../../../lib/workflows/study/plan/study_folder.ts";
import type { StudyJob, StudyPlan } from "../../../lib/workflows/study/plan/study_plan.ts";
import { NO_ERRORS } from "./made_results.ts";

const SIZE = 64;
const LABELS = ["LV", "MYO", "RV"];
const SETS = [
  ["site A", "intra", 0.02],
  ["site B", "cross", 0.08],
  ["site C", "cross", 0.12],
  ["RandBias", "corrupted", 0.1],
  ["RandSpike", "corrupted", 0.2],
  ["RandGhost", "corrupted", 0.15],
  ["RandMotion", "corrupted", 0.12],
] as const;

/** What the study is of; the defaults are three methods and two seeds. */
export interface SyntheticOptions {
  readonly methods?: readonly string[];
  readonly seeds?: readonly number[];
  readonly trainingSubjects?: readonly (number | null)[];
  /** Keep pictures too; true by default. */
  readonly pictures?: boolean;
}

/** Writes the folder; the same options give the same files. */
export async function writeSyntheticStudy(
  dir: string,
  options: SyntheticOptions = {},
): Promise<StudyPlan> {
  const {
    methods = ["standard", "segmentation-only", "full"],
    seeds = [0, 1],
    trainingSubjects = [null],
  } = options;
  const plan: StudyPlan = {
    preset: "table1",
    methods,
    replicates: seeds.map((seed) => ({ seed, split: null, fold: null })),
    trainingSubjects,
    tests: [],
    settings: await resolveConfig({ preset: "quick" }),
  };
  const folder = studyFolder(dir);
  await Deno.mkdir(dir, { recursive: true });
  await savePlan(folder, plan);
  for (const job of jobsOf(plan)) {
    const run = folder.run(job);
    await Deno.mkdir(join(run.dir, "hard_examples"), { recursive: true });
    const rng = RandomStream.fromSeed(job.replicate.seed).stream(job.id);
    const text = (value: unknown) => JSON.stringify(value) + "\n";
    await Deno.writeTextFile(run.config, text(configOf(plan, job, { dir: run.dir })));
    await Deno.writeTextFile(run.evaluation, text(evaluation(plan, job, rng)));
    const train = Array.from({ length: job.trainingSubjects ?? 20 }, (_, n) => `A${n}`);
    await Deno.writeTextFile(run.division, text({ train, validation: [], test: [] }));
    await Deno.writeTextFile(run.log, losses(job, rng).map(text).join(""));
    if (options.pictures === false) continue;
    await Deno.writeTextFile(folder.cases(job), keptCasesText(cases(job, rng)));
    if (job.method === "standard" || job.method === "segmentation-only") continue;
    for (const step of [1, 145, 289, 432, 576, 720]) {
      const path = join(run.dir, "hard_examples", `step_${String(step).padStart(6, "0")}.json`);
      await Deno.writeTextFile(path, text(hardExample(step, rng)));
    }
  }
  return plan;
}

const hasStn = ({ method }: StudyJob) => method !== "segmentation-only";

function evaluation(plan: StudyPlan, job: StudyJob, rng: RandomStream) {
  const gain = 0.02 * plan.methods.indexOf(job.method) - 0.1 / (job.trainingSubjects ?? 20);
  const volumes = SETS.flatMap(([set, kind, fall], s) =>
    Array.from({ length: kind === "cross" ? 10 : 20 }, (_, n) => {
      const patient = RandomStream.fromSeed(5).stream("patient", kind === "cross" ? s : 0, n >> 1);
      const spread = 0.06 * patient.normal() + 0.02 * rng.normal();
      const ftn = clamp(0.9 - fall * (1 - 4 * gain) + gain + spread);
      const stn = clamp(ftn + 0.01 + 0.015 * rng.normal());
      const dice = (mean: number) => ({
        byLabel: Object.fromEntries(LABELS.map((label) => [label, mean])),
        mean,
      });
      return {
        set,
        id: `${set} ${n}`,
        subject: `${kind === "cross" ? set : "site A"} ${n >> 1}`,
        frame: n % 2 === 0 ? "ED" : "ES",
        ftn: dice(ftn),
        ...(hasStn(job) && { stn: dice(stn), passes: [stn, stn + 0.002, stn + 0.001] }),
        errors: NO_ERRORS.ofCase,
        flags: {
          entropy: 0.5 * (1 - ftn) ** 2 + 0.02 * rng.uniform(),
          ...(hasStn(job) && {
            disagreement: clamp(0.6 * (1 - ftn) + 0.03 * rng.normal()),
            reconstructionError: 0.004 + 0.01 * rng.uniform(),
          }),
        },
      };
    })
  );
  const sets = SETS.map(([set, kind]) => {
    const own = volumes.filter((volume) => volume.set === set);
    const mean = (of: (v: typeof own[number]) => number) =>
      own.reduce((sum, volume) => sum + of(volume), 0) / own.length;
    return [set, {
      kind,
      cases: own.length,
      errors: NO_ERRORS.ofSet,
      ftn: { byLabel: {}, mean: mean((v) => v.ftn.mean) },
      ...(hasStn(job) && { stn: { byLabel: {}, mean: mean((v) => v.stn?.mean ?? 0) } }),
    }];
  });
  const curve = (fall: number) => [0, 1, 2, 3, 4, 5].map((n) => 0.88 + gain - fall * n);
  const dice = ["bias", "spike", "ghosting", "motion"].map((name, n) => [name, {
    ftn: curve(0.02 * (n + 1)),
    ...(hasStn(job) && { stn: curve(0.018 * (n + 1)) }),
  }]);
  return {
    format: 2,
    labels: LABELS,
    sets: Object.fromEntries(sets),
    emptyMaskPolicy: "one",
    emptyErrorPolicy: "zero",
    grid: "native",
    volumes,
    severities: { cases: ["a", "b"], dice: Object.fromEntries(dice) },
  };
}

function losses(job: StudyJob, rng: RandomStream) {
  return Array.from({ length: 720 }, (_, n) => {
    const fall = (to: number) => (2 * Math.exp(-n / 90) + to) * (1 + 0.1 * rng.normal());
    const [segmentation, image, shape] = [fall(0.1), 0.1 * fall(0.05), fall(0.15)];
    return {
      step: n + 1,
      epoch: 1 + Math.floor(n / 12),
      standardSegmentationLoss: segmentation,
      ...(hasStn(job) && { standardImageLoss: image, standardShapeLoss: shape }),
      ...(job.method === "full" && { hardSegmentationLoss: 1.2 * segmentation }),
      totalLoss: segmentation + image + shape,
      seconds: 0.3,
    };
  });
}

function cases(job: StudyJob, rng: RandomStream): PageCase[] {
  return (["best", "median", "worst"] as const).map((role, n) => ({
    role,
    set: n === 2 ? "RandSpike" : "site A",
    id: `A00${n}_ED`,
    dice: { ftn: 0.95 - 0.2 * n, ...(hasStn(job) && { stn: 0.96 - 0.2 * n }) },
    slice: 4,
    slices: 9,
    height: SIZE,
    width: SIZE,
    image: picture(rng, 0.04 + 0.04 * n),
    label: heart(0),
    ftn: heart(2 * n),
    ...(hasStn(job) && { stn: heart(n) }),
  }));
}

function hardExample(step: number, rng: RandomStream) {
  const both = (make: () => string) =>
    Uint8Array.from([make(), make()].flatMap((part) => [...Uint8Array.fromBase64(part)]))
      .toBase64();
  const channels = Array.from({ length: 2 * 128 }, () => rng.uniform() < 0.3 ? 0 : 1);
  const places = Array.from({ length: 2 * 16 }, () => rng.uniform() < 0.3 ? 0 : 1);
  return {
    format: 2,
    step,
    height: SIZE,
    width: SIZE,
    images: both(() => picture(rng, 0.03)),
    corrupted: both(() => picture(rng, 0.15)),
    labels: both(() => heart(0)),
    segmentation: both(() => heart(3)),
    masks: {
      image: { scheme: "channel", values: channels, shape: [2, 1, 1, 128] },
      shape: { scheme: "spatial", values: places, shape: [2, 4, 4, 1] },
    },
  };
}

/** A left ventricle in its muscle beside a right one, moved to the right by some pixels. */
function heart(shift: number): string {
  const classes = new Uint8Array(SIZE * SIZE);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const left = Math.hypot(x - 36 - shift, y - 32);
      const right = Math.hypot((x - 20 - shift) / 0.8, y - 30);
      classes[x + SIZE * y] = left < 8 ? 1 : left < 13 ? 2 : right < 11 ? 3 : 0;
    }
  }
  return classes.toBase64();
}

function picture(rng: RandomStream, noise: number): string {
  const greys = [0.25, 0.85, 0.4, 0.75];
  return Uint8Array.fromBase64(heart(0)).map((label, n) => {
    const far = Math.hypot(n % SIZE - 32, Math.floor(n / SIZE) - 32) > 30;
    return 255 * clamp((far ? 0.05 : greys[label]!) + noise * rng.normal());
  }).toBase64();
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
