/** What happens in a study, as plain JSON: a worker posts it as it is, a program prints it. */
import type { StudySummary } from "../results/study_summary.ts";

/** A run has its network and its first data, and begins or goes on. */
export interface JobStartEvent {
  /** Tells this event from others. */
  readonly type: "job-start";
  /** The job's id. */
  readonly job: string;
  /** The run folder. */
  readonly dir: string;
  /** Steps done in earlier sittings. */
  readonly firstStep: number;
}

/** A step of a run is done. */
export interface JobStepEvent {
  /** Tells this event from others. */
  readonly type: "step";
  /** The job's id. */
  readonly job: string;
  /** Steps that the run has done, earlier sittings included. */
  readonly step: number;
  /** Steps of the whole run. */
  readonly totalSteps: number;
  /** The step's total loss. */
  readonly loss: number;
}

/** A run is trained, and so many of the volumes that it is tested on, of `total`, have been asked for. */
export interface JobEvaluationEvent {
  /** Tells this event from others. */
  readonly type: "evaluation";
  /** The job's id. */
  readonly job: string;
  /** Volumes that have been asked for. */
  readonly volumes: number;
  /** Volumes that the run is tested on. */
  readonly total: number;
}

/** What a person should know. */
export interface JobNoticeEvent {
  /** Tells this event from others. */
  readonly type: "notice";
  /** Absent where it is about the study. */
  readonly job?: string;
  /** One line. */
  readonly text: string;
}

/** What a single job tells. */
export type JobEvent = JobStartEvent | JobStepEvent | JobEvaluationEvent | JobNoticeEvent;

/** The study is about to begin or to go on. */
export interface StudyStartEvent {
  /** Tells this event from others. */
  readonly type: "study";
  /** The study's folder. */
  readonly dir: string;
  /** Jobs in all. */
  readonly jobs: number;
  /** Jobs that earlier sittings have done. */
  readonly done: number;
}

/** A run is evaluated. */
export interface JobDoneEvent {
  /** Tells this event from others. */
  readonly type: "job-done";
  /** The job's id. */
  readonly job: string;
  /** Mean Dice (0-1) by set, of the fast-thinking and the slow-thinking network. */
  readonly scores: Readonly<Record<string, { readonly ftn: number; readonly stn?: number }>>;
  /** All jobs that are done. */
  readonly done: number;
}

/** A run has failed; the others go on. */
export interface JobFailedEvent {
  /** Tells this event from others. */
  readonly type: "job-failed";
  /** The job's id. */
  readonly job: string;
  /** Why, for a person. */
  readonly message: string;
}

/** What the jobs done so far say together; its intervals are of 1000 resamples. */
export interface StudySummaryEvent {
  /** Tells this event from others. */
  readonly type: "summary";
  /** The summary, without the jobs that are not done. */
  readonly summary: StudySummary;
}

/** The tables and the page are written. */
export interface StudyPageEvent {
  /** Tells this event from others. */
  readonly type: "page";
  /** The path of the page. */
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
