/** What happens in a study, as plain JSON: a worker posts it as it is, a program prints it. */
import type { StudySummary } from "../results/study_summary.ts";

/** A run has its network and its first data, and begins or goes on. */
export interface JobStartEvent {
  readonly type: "job-start";
  readonly job: string;
  /** The run folder. */
  readonly dir: string;
  /** Steps done in earlier sittings. */
  readonly firstStep: number;
}

/** A step of a run is done. */
export interface JobStepEvent {
  readonly type: "step";
  readonly job: string;
  readonly step: number;
  /** Steps of the whole run. */
  readonly totalSteps: number;
  readonly loss: number;
}

/** A run is trained, and so many of the volumes that it is tested on, of `total`, have been asked for. */
export interface JobEvaluationEvent {
  readonly type: "evaluation";
  readonly job: string;
  readonly volumes: number;
  readonly total: number;
}

/** What a person should know. */
export interface JobNoticeEvent {
  readonly type: "notice";
  /** Absent where it is about the study. */
  readonly job?: string;
  readonly text: string;
}

/** What a single job tells. */
export type JobEvent = JobStartEvent | JobStepEvent | JobEvaluationEvent | JobNoticeEvent;

/** The study is about to begin or to go on. */
export interface StudyStartEvent {
  readonly type: "study";
  readonly dir: string;
  /** Jobs in all, and those done in earlier sittings. */
  readonly jobs: number;
  readonly done: number;
}

/** A run is evaluated. */
export interface JobDoneEvent {
  readonly type: "job-done";
  readonly job: string;
  /** Mean Dice (0-1) by set, of the fast-thinking and the slow-thinking network. */
  readonly scores: Readonly<Record<string, { readonly ftn: number; readonly stn?: number }>>;
  /** All jobs that are done. */
  readonly done: number;
}

/** A run has failed; the others go on. */
export interface JobFailedEvent {
  readonly type: "job-failed";
  readonly job: string;
  readonly message: string;
}

/** What the jobs done so far say together; its intervals are of 1000 resamples. */
export interface StudySummaryEvent {
  readonly type: "summary";
  readonly summary: StudySummary;
}

/** The tables and the page are written. */
export interface StudyPageEvent {
  readonly type: "page";
  readonly path: string;
}

/** Anything that happens in a study. `secondsLeft` is for the whole study; null where unknown. */
export type StudyEvent =
  & (
    | JobEvent
    | StudyStartEvent
    | JobDoneEvent
    | JobFailedEvent
    | StudySummaryEvent
    | StudyPageEvent
  )
  & { readonly secondsLeft?: number | null };
