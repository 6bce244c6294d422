import type { JobResult } from "../../../lib/workflows/study/results/open_study.ts";
import type { StudyJob, StudyPlan } from "../../../lib/workflows/study/plan/study_plan.ts";
import type {
  CaseEvaluation,
  Evaluation,
  SetKind,
} from "../../../lib/formats/run_folder/evaluation.ts";

/** A volume by hand: its mean Dice and what belongs to it. */
export interface MadeVolume {
  readonly set: string;
  readonly subject: string;
  readonly frame?: string;
  readonly ftn: number;
  readonly stn?: number;
  readonly passes?: readonly number[];
  readonly flags?: CaseEvaluation["flags"];
}

const NONE = { byLabel: {}, mean: null };
const CASE_ERRORS = {
  ...{ hd95Mm: NONE, assdMm: NONE, volumeErrorMl: NONE, volumeErrorPercent: NONE },
};
const SET_ERRORS = {
  ...CASE_ERRORS,
  ...{ absoluteVolumeErrorMl: NONE, absoluteVolumeErrorPercent: NONE, measured: {} },
};

/** Errors that nobody looks at, of a volume and of a set. */
export const NO_ERRORS = { ofCase: { ftn: CASE_ERRORS }, ofSet: { ftn: SET_ERRORS } };

/** A result of these volumes, in sets of these kinds. */
export function madeResult(
  job: Partial<StudyJob> & { method: string },
  kinds: Readonly<Record<string, SetKind>>,
  volumes: readonly MadeVolume[],
  severities?: Evaluation["severities"],
): JobResult {
  const evaluation: Evaluation = {
    labels: ["Anterior", "Posterior"],
    sets: Object.fromEntries(
      Object.entries(kinds).map(([set, kind]) => {
        const own = volumes.filter((volume) => volume.set === set);
        const mean = own.reduce((sum, { ftn }) => sum + ftn, 0) / own.length;
        return [set, {
          kind,
          cases: own.length,
          ftn: { byLabel: {}, mean },
          errors: NO_ERRORS.ofSet,
        }];
      }),
    ),
    empty: "skip",
    grid: "native",
    volumes: volumes.map(({ ftn, stn, frame = "ED", flags = { entropy: 0 }, ...volume }) => ({
      ...volume,
      id: `${volume.subject}_${frame}`,
      frame,
      flags,
      errors: NO_ERRORS.ofCase,
      ftn: { byLabel: {}, mean: ftn },
      ...(stn === undefined ? {} : { stn: { byLabel: {}, mean: stn } }),
    })),
    ...(severities === undefined ? {} : { severities }),
  };
  return {
    job: {
      id: job.method,
      replicate: { seed: 0, split: null, fold: null },
      trainingSubjects: null,
      ...job,
    },
    dir: `/runs/${job.method}`,
    evaluation,
  };
}

/** A plan of these methods and seeds. */
export function madePlan(methods: readonly string[], seeds: readonly number[] = [0]): StudyPlan {
  return {
    preset: "table1",
    methods,
    replicates: seeds.map((seed) => ({ seed, split: null, fold: null })),
    trainingSubjects: [null],
    tests: [],
    settings: {},
  };
}
