/** What the command line needs of studies. */
export { compareRuns } from "./compare_runs.ts";
export { estimateStudy, type StudyEstimate } from "./estimate_study.ts";
export { makePlan, type PlanOptions } from "./make_plan.ts";
export { reportStudy, type StudyReport } from "./report_study.ts";
export { runStudy, type RunStudyOptions, type StudyResult } from "./run_study.ts";
export { saveSummary } from "./save_summary.ts";
export { StudyError } from "./study_error.ts";
export type { StudyEvent } from "./study_events.ts";
export { nextStudyDir, readPlan } from "./study_folder.ts";
export type { Replicate, StudyJob, StudyPlan, StudyTest } from "./study_plan.ts";
export type { Cell, Comparison, MethodRow, StudySummary } from "./study_summary.ts";
