/** What a study runs: every method, in every replicate, with every number of training subjects. */
import type { LayoutName } from "../../../names.ts";
import type { PartialConfig } from "../../../base/config/config_schema.ts";

/** One repetition: another seed, and, where there are such, another division of the subjects. */
export interface Replicate {
  /** Seed of the training, 0 or more: weights, order, augmentation, masks. */
  readonly seed: number;
  /** A published split by name; null = the configuration's own division. */
  readonly split: string | null;
  /** Part that is tested on, from 0, in cross-validation; null = none. */
  readonly fold: number | null;
}

/** A data set that every trained network is tested on besides the run's own test subjects. */
export interface StudyTest {
  /** Name of its sets: itself where the data set has one domain, else itself and the domain. */
  readonly name: string;
  readonly dir: string;
  readonly layout: LayoutName;
}

/** Plain JSON, saved as `study.json`; a study that goes on keeps its settings and tests, and may have more else. */
export interface StudyPlan {
  /** The preset's name. */
  readonly preset: string;
  /**
   * Names of methods, in the order of the table; the first, the reference, is what the others are
   * tested against.
   */
  readonly methods: readonly string[];
  readonly replicates: readonly Replicate[];
  /** Numbers of training subjects, ascending; null = all. */
  readonly trainingSubjects: readonly (number | null)[];
  readonly tests: readonly StudyTest[];
  /** Settings that all runs share; whole, where `makePlan` made it. */
  readonly settings: PartialConfig;
}

/** One run of a study. */
export interface StudyJob {
  /** Unique, and the run's folder below `runs/`: `full-seed0`, `full-seed0-fold1-n3`. */
  readonly id: string;
  readonly method: string;
  readonly replicate: Replicate;
  readonly trainingSubjects: number | null;
}
