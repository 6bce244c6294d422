/** What the runs of a study say together: plain JSON, saved as `summary.json`. */
import type { StudyPlan } from "./study_plan.ts";

/** A difference from the first method, over the subjects that both were tested on. */
export interface Comparison {
  /** Name of the method that it is compared with. */
  readonly reference: string;
  /** Mean difference in Dice (this - reference) with its bootstrap 95 % interval over subjects. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Two-sided paired Wilcoxon signed-rank test over subjects, averaged over replicates. */
  readonly pValue: number;
  /** The same after Holm's correction over the methods of this column. */
  readonly holmPValue: number;
  /** Matched-pairs rank-biserial correlation, -1 to 1. */
  readonly rankBiserial: number;
  /** Pairs. */
  readonly subjects: number;
}

/** Mean Dice (0-1) of one method in one column, over subjects (each averaged over replicates). */
export interface Cell {
  readonly mean: number;
  /** Bootstrap 95 % interval over subjects; null where there are fewer than two. */
  readonly low: number | null;
  readonly high: number | null;
  /** Standard deviation between replicates of the column's mean; null where there is just one. */
  readonly replicateSd: number | null;
  readonly subjects: number;
  /** Absent in the row of the first method, and where fewer than two subjects are shared. */
  readonly comparison?: Comparison;
}

/** A column of the table: one or several test sets. */
export interface Column {
  /** `intra`, `cross`, or the name of a set (`RandBias`, `site B`). */
  readonly name: string;
  readonly title: string;
  readonly kind: "intra" | "cross" | "corrupted";
  /** The sets of `evaluation.json` that it holds. */
  readonly sets: readonly string[];
}

/** A method's cells by the column's name. */
export interface MethodScores {
  readonly cells: Readonly<Record<string, Cell>>;
  /** The mean of the columns of Table 1, each of equal weight. */
  readonly average: Cell;
}

/** One row: a method at one number of training subjects. */
export interface MethodRow {
  readonly method: string;
  readonly title: string;
  readonly trainingSubjects: number | null;
  /** Runs that are done. */
  readonly runs: number;
  readonly ftn: MethodScores;
  /** Absent where the method has no slow-thinking network. */
  readonly stn?: MethodScores;
  /** Mean Dice after 1, 2, … passes of the slow-thinking network, over all sets of Table 1. */
  readonly passes?: readonly number[];
}

/** How well a number that needs no label tells volumes that were segmented badly. */
export interface FlagQuality {
  readonly flag: "disagreement" | "entropy" | "reconstructionError";
  readonly method: string;
  /** Volumes, over all sets and replicates, and how many of them were bad. */
  readonly volumes: number;
  readonly bad: number;
  /** Area under the ROC curve of the flag for a bad Dice; null where all or none are bad. */
  readonly auroc: number | null;
  /** Spearman's rank correlation of the flag with the Dice (a good flag is near -1); null if undefined. */
  readonly spearman: number | null;
}

/** Dice against severity of a physical artifact: clean, then severities 1 to 5. */
export interface SeverityCurve {
  readonly method: string;
  readonly artifact: string;
  readonly ftn: readonly number[];
  readonly stn?: readonly number[];
}

/** The whole. */
export interface StudySummary {
  readonly plan: StudyPlan;
  /** Runs done, of how many. */
  readonly done: number;
  readonly jobs: number;
  /** The columns of Table 1, in the paper's order: intra, cross, then each corrupted set. */
  readonly columns: readonly Column[];
  /** One column a cross-domain set. */
  readonly crossColumns: readonly Column[];
  readonly rows: readonly MethodRow[];
  /** A volume with a lower mean Dice than this counts as bad. */
  readonly badDice: number;
  readonly flags: readonly FlagQuality[];
  readonly severities: readonly SeverityCurve[];
}
