/**
 * Studies: methods against each other, from the plan to tables and page: `tandem/study`.
 *
 * @module
 */
export { compareRuns } from "./results/compare_runs.ts";
export { configOf, type JobPlace } from "./plan/config_of.ts";
export {
  chooseDivision,
  type ChooseDivisionOptions,
  type Division,
  type DivisionChoice,
  type MeasuredDivision,
} from "./jobs/choose_division.ts";
export {
  type EstimateOptions,
  estimateStudy,
  type JobEstimate,
  type StudyEstimate,
} from "./plan/estimate_study.ts";
export { jobsOf } from "./plan/jobs_of.ts";
export { type CancelledStudy, cancelStudy } from "./cluster/cancel_study.ts";
export { type FollowOptions, followStudy } from "./cluster/follow_study.ts";
export type { QueuedJob } from "./cluster/ask_queue.ts";
export { SlurmError } from "./cluster/slurm_program.ts";
export { type RunStatus, type StudyStatus, studyStatus } from "./cluster/study_status.ts";
export type { JobPackages } from "./cluster/job_packages.ts";
export { type SubmitOptions, submitStudy, type SubmittedStudy } from "./cluster/submit_study.ts";
export { describeSubmission, type SubmissionOutline } from "./cluster/describe_submission.ts";
export { makePlan, type PlanOptions } from "./plan/make_plan.ts";
export {
  type JobResult,
  type OpenedJob,
  type OpenedStudy,
  openStudy,
} from "./results/open_study.ts";
export { STUDY_PRESETS, type StudyPreset } from "./plan/presets.ts";
export { type CasePick, keepCases, type PageCase, pickCases } from "./results/kept_cases.ts";
export { writeTables } from "./results/table_files.ts";
export { writePage } from "./page/write_page.ts";
export type { StepRecord } from "../../formats/run_folder/step_log.ts";
export { reportStudy, type StudyReport } from "./page/report_study.ts";
export type { PageOptions } from "./page/page_data.ts";
export { type BeginOptions, beginStudy, type BegunStudy } from "./jobs/begin_study.ts";
export { type JobCommandOptions, jobCommands, reportCommand } from "./jobs/job_commands.ts";
export { type OneJobOptions, runOneJob } from "./jobs/run_one_job.ts";
export type { JobOutcome } from "./jobs/run_job.ts";
export type {
  JobDoneEvent,
  JobEvaluationEvent,
  JobEvent,
  JobFailedEvent,
  JobNoticeEvent,
  JobStartEvent,
  JobStepEvent,
  StudyEvent,
  StudyPageEvent,
  StudyStartEvent,
  StudySummaryEvent,
} from "./jobs/study_events.ts";
export type { StudyPace } from "./jobs/study_pace.ts";
export type { FailedJob } from "./jobs/job_queue.ts";
export { runStudy, type RunStudyOptions, type StudyResult } from "./jobs/run_study.ts";
export { studyRuns, type StudyRunsOptions } from "./results/study_runs.ts";
export { saveSummary } from "./results/save_summary.ts";
export { StudyError } from "./plan/study_error.ts";
export { makeNextStudyDir, nextStudyDir, readPlan, type StudyFolder } from "./plan/study_folder.ts";
export type { GivenTest, Replicate, StudyJob, StudyPlan, StudyTest } from "./plan/study_plan.ts";
export type {
  CalibrationCell,
  Cell,
  Column,
  Comparison,
  DistanceCell,
  FlagQuality,
  MethodRow,
  MethodScores,
  SeverityCell,
  SeverityCurve,
  StudySummary,
  SurfaceCell,
} from "./results/study_summary.ts";
export { summarise } from "./results/summarise.ts";
