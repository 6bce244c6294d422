import { join } from "../../../base/deps/std.ts";
import type { ResolvedConfig } from "../../../base/config/config_schema.ts";
import { readDivision } from "../../../formats/run_folder/division.ts";
import { readMetrics } from "../../../formats/run_folder/metrics_table.ts";
import { readVersions, type VersionSitting } from "../../../formats/run_folder/versions.ts";
import type { StepRecord } from "../../../formats/run_folder/step_log.ts";
import { exists } from "../../../formats/files/exists.ts";
import { runFolder } from "../../../formats/run_folder/run_folder.ts";
import { openRunFolder } from "../../runs/open_run_folder.ts";
import { type OpenedJob, openStudy } from "../results/open_study.ts";
import { type PageCase, readKeptCases } from "../results/kept_cases.ts";
import type { StudySummary } from "../results/study_summary.ts";
import { summarise } from "../results/summarise.ts";
import {
  type HardExampleRecord,
  readHardExamples,
} from "../../../formats/run_folder/hard_example.ts";

/** A run with what the page shows of it. */
export interface PageRun extends OpenedJob {
  /** Absent where predictions made elsewhere were scored. */
  readonly config?: ResolvedConfig;
  /** Which versions of the code trained it; absent where that was not recorded. */
  readonly versions?: readonly VersionSitting[] | undefined;
  /** Scores of the validation subjects; empty where there are none. */
  readonly validation: readonly StepRecord[];
  /** Empty where no pictures were kept. */
  readonly cases: readonly PageCase[];
  /** Hard examples as training went on; empty where none were kept. */
  readonly hardMoments: readonly HardExampleRecord[];
}

/** All that the page is made of. */
export interface PageData {
  readonly summary: StudySummary;
  /** Runs that are done, in the order of the plan. */
  readonly runs: readonly PageRun[];
  /** Training subjects where all are trained on; NaN where no run tells. */
  readonly allSubjects: number;
}

/** What a page shows. */
export interface PageOptions {
  /** Whether it shows slices of cases and of hard examples, as it does by default. */
  readonly slices?: boolean;
}

/**
 * Reads the folder of a study, or of a single run; without its images where `slices` is false.
 *
 * @throws {StudyError | RunFolderError} If it is neither, or something in it cannot be read.
 */
export async function readPageData(
  dir: string,
  { slices = true }: PageOptions = {},
): Promise<PageData> {
  const study = await openStudy(dir);
  const runs = await Promise.all(study.results.map(async (result) => ({
    ...result,
    ...result.evaluation.predictions === undefined && {
      config: (await openRunFolder(result.dir)).config,
    },
    versions: await readVersions(runFolder(result.dir).versions),
    validation: await readValidation(result.dir),
    hardMoments: slices ? await readHardExamples(runFolder(result.dir).hardExamples) : [],
    cases: slices ? await readKeptCases(join(result.dir, "cases.json")) : [],
  })));
  return {
    summary: summarise(study.plan, study.results),
    runs,
    allSubjects: await trainingSubjects(runs.find(({ job }) => job.trainingSubjects === null)),
  };
}

async function trainingSubjects(run: OpenedJob | undefined): Promise<number> {
  if (run === undefined) return NaN;
  const { division } = runFolder(run.dir);
  if (!await exists(division)) return NaN;
  return (await readDivision(division)).train.length;
}

async function readValidation(dir: string): Promise<StepRecord[]> {
  return (await readMetrics(runFolder(dir).metrics)).map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, value === "" ? NaN : Number(value)]),
    ) as unknown as StepRecord
  );
}
