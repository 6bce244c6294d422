/**
 * What the runs of a study say together: plain JSON, saved as `summary.json`.
 *
 * Dice here is the mean over labels of a whole volume (3-D), 0-1, in the voxels of the file or, by
 * `evaluation.grid=network`, of the network; a class that is in neither mask counts as `empty` says.
 */
import type { Network } from "../../../names.ts";
import type {
  ClassLesions,
  EmptyRule,
  SetCalibration,
} from "../../../formats/run_folder/evaluation.ts";
import type { StudyPlan } from "../plan/study_plan.ts";

/**
 * A difference from the first method at the same number of training subjects, each network against the
 * same network, over the subjects that both were tested on.
 */
export interface Comparison {
  /** Name of the method that it is compared with. */
  readonly reference: string;
  /**
   * Mean difference in Dice (this - reference), -1 to 1, with its percentile bootstrap 95 % interval
   * over subjects.
   */
  readonly difference: number;
  /** Lower end of the interval. */
  readonly low: number;
  /** Upper end of the interval. */
  readonly high: number;
  /**
   * Two-sided paired Wilcoxon signed-rank test over subjects, each averaged over replicates, 0 to 1.
   * Exact where at most 25 pairs differ and no two alike, otherwise by the normal distribution.
   */
  readonly pValue: number;
  /**
   * The same after Holm's correction over the methods of this column, for one network and one number
   * of training subjects; columns are not corrected for.
   */
  readonly holmPValue: number;
  /** Matched-pairs rank-biserial correlation, -1 to 1; above 0 in favour of this method. */
  readonly rankBiserial: number;
  /** Pairs; in the average, those of the run's own domains and of the others together. */
  readonly subjects: number;
}

/**
 * Mean Dice (0-1) of one method in one column, over subjects: each is the mean of its volumes, then of
 * the replicates that tested it.
 */
export interface Cell {
  /** Mean over subjects, 0-1. */
  readonly mean: number;
  /** Percentile bootstrap 95 % interval over subjects; null where there are fewer than two. */
  readonly low: number | null;
  /** Upper end of the interval; null where there are fewer than two subjects. */
  readonly high: number | null;
  /** Standard deviation (n - 1) between replicates of the column's mean; null where there is just one. */
  readonly replicateSd: number | null;
  /** Different subjects; in the average, those of the run's own domains and of the others together. */
  readonly subjects: number;
  /** Absent in the row of the first method, and where fewer than two subjects are shared. */
  readonly comparison?: Comparison;
}

/** A column of the table: one or several test sets. */
export interface Column {
  /** `intra`, `cross`, `given`, or the name of a set (`RandBias`, `site B`). */
  readonly name: string;
  /** The column's heading, for people. */
  readonly title: string;
  /** What its sets are: of the run's own domains, of others, corrupted, or predictions made elsewhere. */
  readonly kind: "intra" | "cross" | "corrupted" | "given";
  /** The sets of `evaluation.json` that it holds. */
  readonly sets: readonly string[];
}

/** A method's cells by the column's name. */
export interface MethodScores {
  /** A cell for each column in which the method has a score. */
  readonly cells: Readonly<Record<string, Cell>>;
  /** The mean of the columns of Table 1, each of equal weight. */
  readonly average: Cell;
}

/** How far a method's masks are off in one column, over volumes and replicates, by network. */
export interface DistanceCell {
  /** The method's name. */
  readonly method: string;
  /** Subjects that it was trained on; null = all. */
  readonly trainingSubjects: number | null;
  /** The network whose masks are measured. */
  readonly network: Network;
  /** The column's name. */
  readonly column: string;
  /** HD95: mean over labels of the means over volumes, in mm; null where none was measured. */
  readonly hd95Mm: number | null;
  /** The same of the average symmetric surface distance (ASSD), in mm. */
  readonly assdMm: number | null;
  /** Masks that have distances, of how many: of the others just one of prediction and label is there. */
  readonly measured: number;
  /** Masks that count, one a label and volume. */
  readonly masks: number;
}

/** A method's surface Dice and lesions in one column, by network, where they were measured. */
export interface SurfaceCell extends Pick<DistanceCell, "method" | "trainingSubjects" | "network"> {
  /** The column's name. */
  readonly column: string;
  /**
   * By tolerance in mm, as "2": means over labels of the means over volumes, 0-1; null where the rule
   * leaves all out.
   */
  readonly surfaceDice?: Readonly<Record<string, number | null>>;
  /** By label: sums over volumes and replicates, and the mean of their F1 scores. */
  readonly lesions?: Readonly<Record<string, ClassLesions>>;
}

/** How sure a method's network is in one column, and how often right, where that was measured. */
export interface CalibrationCell
  extends Pick<DistanceCell, "method" | "trainingSubjects" | "network">, SetCalibration {
  /** The column's name. */
  readonly column: string;
}

/** One row: a method at one number of training subjects. */
export interface MethodRow {
  /** The method's name. */
  readonly method: string;
  /** The method's title, for people. */
  readonly title: string;
  /** Subjects that it was trained on; null = all. */
  readonly trainingSubjects: number | null;
  /** Runs that are done. */
  readonly runs: number;
  /** Scores of the fast-thinking network, or of predictions made elsewhere. */
  readonly ftn: MethodScores;
  /** Absent where the method has no slow-thinking network. */
  readonly stn?: MethodScores;
  /**
   * The average (each column of equal weight) of Dice after 1, 2, … passes of the slow-thinking
   * network; absent where it was applied once.
   */
  readonly passes?: readonly number[];
}

/** How well a number that needs no label tells volumes that were segmented badly. */
export interface FlagQuality {
  /** Which number it is, as `CaseFlags` of an evaluation describes it. */
  readonly flag: "disagreement" | "entropy" | "reconstructionError";
  /** The method's name. */
  readonly method: string;
  /** Volumes, over the sets of Table 1 and all replicates. */
  readonly volumes: number;
  /** Volumes whose Dice is below `badDice` of the summary. */
  readonly bad: number;
  /** Area under the ROC curve of the flag for a bad Dice; null where all or none are bad. */
  readonly auroc: number | null;
  /** Spearman's rank correlation of the flag with the Dice (a good flag is near -1); null if undefined. */
  readonly spearman: number | null;
}

/**
 * Mean Dice (0-1) over volumes and replicates against severity of a physical artifact: six numbers,
 * clean, then severities 1 to 5.
 */
export interface SeverityCurve {
  /** The method's name. */
  readonly method: string;
  /** The physical artifact's name. */
  readonly artifact: string;
  /** Six means of the fast-thinking network, 0-1. */
  readonly ftn: readonly number[];
  /** Six means of the slow-thinking network, 0-1; absent where there is none. */
  readonly stn?: readonly number[];
}

/**
 * Mean Dice (0-1) of one method and network over the physical artifacts at severities 1 to 5, or at 5
 * alone, over subjects.
 */
export interface SeverityCell {
  /** The method's name. */
  readonly method: string;
  /** The network that is scored. */
  readonly network: Network;
  /** Which severities the mean is over. */
  readonly severities: "1-5" | "5";
  /** Mean with interval, and its difference from the first method's. */
  readonly cell: Cell;
}

/** The whole. */
export interface StudySummary {
  /** What the study was asked to run. */
  readonly plan: StudyPlan;
  /** Names of the labels whose Dice is averaged, in the order of their classes. */
  readonly labels: readonly string[];
  /** What a label in neither mask counts, each rule once that runs were scored by. */
  readonly empty: readonly EmptyRule[];
  /** mm that count where just one mask holds a label, each once that runs were scored by; null: left out. */
  readonly distancePenalties: readonly (number | null)[];
  /** Methods that are predictions made elsewhere: they stand where others have the fast-thinking network. */
  readonly given: readonly string[];
  /** Runs that are done. */
  readonly done: number;
  /** Jobs of the plan, done or not. */
  readonly jobs: number;
  /** The columns of Table 1, in the paper's order: intra, cross, then each corrupted set. */
  readonly columns: readonly Column[];
  /** One column a cross-domain set, or a set of predictions made elsewhere. */
  readonly crossColumns: readonly Column[];
  /** One row a method and number of training subjects that has a run that is done. */
  readonly rows: readonly MethodRow[];
  /** A volume whose fast-thinking network has a lower Dice than this counts as bad. */
  readonly badDice: number;
  /** HD95 and ASSD of the methods with the most training subjects. */
  readonly distances: readonly DistanceCell[];
  /** Their surface Dice and lesions. */
  readonly surfaceScores: readonly SurfaceCell[];
  /** Their calibration. */
  readonly calibration: readonly CalibrationCell[];
  /** What a person should know of the scores, a sentence each. */
  readonly cautions: readonly string[];
  /** How well each flag tells bad volumes, by method. */
  readonly flags: readonly FlagQuality[];
  /** Curves of each method and artifact; empty where severities were not evaluated. */
  readonly severities: readonly SeverityCurve[];
  /** The same with intervals and tests; empty where runs did not keep them by volume. */
  readonly severityCells: readonly SeverityCell[];
}
