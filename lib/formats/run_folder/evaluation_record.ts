/**
 * What evaluations are, wherever they are made and read; `evaluation.ts` beside this file holds what is read
 * to it.
 */

import type { ByNetwork } from "../../names.ts";

/** What `evaluation.json` holds, less its version. */
export interface Evaluation {
  /** Names of the labels, background left out, in the order of their classes. */
  labels: readonly string[];
  /** Those of them that count in no mean: the parts that regions are made of. */
  parts?: readonly string[];
  /** Means by set. */
  sets: Record<string, SetEvaluation>;
  /** What a label counts that neither truth nor mask of a volume holds; see {@linkcode EmptyRule}. */
  empty: EmptyRule;
  /**
   * The folder of predictions made elsewhere. Where it is there, they stand where a run's have the
   * fast-thinking network's, and there is no other.
   */
  predictions?: string;
  /** Where masks are compared. */
  grid: EvaluationGrid;
  /** mm that stand in the means of sets for distances that a missed class has none of. */
  distancePenaltyMm?: number;
  /** Scored subjects that the run was trained or validated on; absent where that is not known. */
  seen?: readonly SeenSubject[];
  /** Each volume. */
  volumes: readonly CaseEvaluation[];
  /** How Dice falls with artifacts, where it was measured. */
  severities?: SeverityEvaluation;
}

/**
 * What counts for a label that neither truth nor mask of a volume holds. `skip`: it is left out of the
 * means, as in nnU-Net. `one`: it is perfect, with a Dice of 1 and errors of 0. `zero`: its Dice is 0, and
 * it has no errors.
 */
export type EmptyRule = "skip" | "one" | "zero";

/**
 * A number by label, and their mean. Null where there is none; means are over the classes, or
 * volumes, that have one.
 */
export interface ClassNumbers {
  /** The number of each label by its name. */
  byLabel: Record<string, number | null>;
  /** Their mean. */
  mean: number | null;
}

/** Dice (0-1) by label, and their mean; null where a label is left out, or all are. */
export type ClassDice = ClassNumbers;

/** The lesions of a label, of one volume or of a set. */
export interface ClassLesions {
  /** Lesions of the truth. */
  reference: number;
  /** Lesions of the prediction. */
  predicted: number;
  /** Lesions of the truth that share a voxel with the prediction. */
  found: number;
  /** Lesions of the prediction that share none with the truth. */
  spurious: number;
  /** F1 score by lesion, 0-1; null where there is none on either side. */
  f1: number | null;
}

/**
 * The errors of one volume, or their means over a set. A class in neither mask counts as the rule has it
 * ({@linkcode EmptyRule}). Where just one mask holds a class, its distances are null.
 */
export interface ClassErrors {
  /** 95th percentile of the Hausdorff distance in mm; see `hausdorff95`. */
  hd95Mm: ClassNumbers;
  /** Average symmetric surface distance in mm; see `assd`. */
  assdMm: ClassNumbers;
  /** Predicted minus true volume in ml. */
  volumeErrorMl: ClassNumbers;
  /** The same in percent of the true volume; null where that is 0 and the predicted one is not. */
  volumeErrorPercent: ClassNumbers;
  /** Surface Dice (0-1) by its tolerance in mm, as "2"; see `surfaceDice`. */
  surfaceDice?: Record<string, ClassNumbers>;
  /**
   * Lesions by label, where they were counted; see `lesionDetection`. Of a set the counts are sums, and
   * `f1` is the mean over volumes.
   */
  lesions?: Record<string, ClassLesions>;
}

/** The means of the errors over the volumes of a set. */
export interface SetErrors extends ClassErrors {
  /** Mean of the absolute `volumeErrorMl`. */
  absoluteVolumeErrorMl: ClassNumbers;
  /** Mean of the absolute `volumeErrorPercent`. */
  absoluteVolumeErrorPercent: ClassNumbers;
  /** Number of volumes, by label, that have distances; the others are not in their means. */
  measured: Record<string, number>;
}

/** How sure the predictions of a set are, and how often right; see `addToCalibration`. */
export interface SetCalibration {
  /** Volumes that had probabilities. */
  cases: number;
  /** Expected calibration error over the voxels of them all, 0-1; null where they hold no foreground. */
  ece: number | null;
  /** Voxels by bin of the top probability, all bins of equal width. */
  counts: readonly number[];
  /** The top probabilities of each bin's voxels, summed. */
  confidence: readonly number[];
  /** Voxels of each bin whose most likely class is the true one. */
  correct: readonly number[];
}

/**
 * Numbers that may tell a bad segmentation without its label; the higher, the more suspicious. A class
 * that both networks are sure to see nowhere raises neither disagreement nor entropy.
 */
export interface CaseFlags {
  /** 1 - mean Dice over classes between both networks' masks; absent where there is just one. */
  disagreement?: number;
  /**
   * Mean over all pixels of the prepared slices of the entropy, in nats, of the fast-thinking
   * network's class probabilities; absent where there are none.
   */
  entropy?: number;
  /** Mean squared difference of the image decoder's image and the prepared one, where there is one. */
  reconstructionError?: number;
}

/** A subject that is scored, and that the run was trained or validated on. */
export interface SeenSubject {
  /** The set that the subject is scored in. */
  readonly set: string;
  /** The subject's name in that set. */
  readonly subject: string;
  /** What the run had the subject for. */
  readonly part: "train" | "validation";
  /** What it was known by: the voxels of an image, or its name within the run's data set. */
  readonly by: "voxels" | "name";
  /** The subject's name in the run. */
  readonly as: string;
}

/**
 * Where the volumes of a set come from: the run's own domains, others, the run's own with artifacts put
 * in, or, of predictions made elsewhere, nobody knows.
 */
export type SetKind = "intra" | "cross" | "corrupted" | "given";

/** Where predictions are compared: in the file's own voxels, or on the network's cropped grid. */
export type EvaluationGrid = "native" | "network";

/** The means over the volumes of one set: Dice by network, and more. */
export interface SetEvaluation {
  /** Means of the errors, by network. */
  errors: ByNetwork<SetErrors>;
  /** Mean Dice (0-1) of the fast-thinking network. */
  ftn: ClassNumbers;
  /** Number of volumes. */
  cases: number;
  /** Whose images they are, and whether they are corrupted. */
  kind: SetKind;
  /** Volumes, by label, of which neither truth nor mask holds it; labels without one are left out. */
  absent?: ByNetwork<Record<string, number>>;
  /** How sure predictions are and how often right, where there are probabilities and all labels. */
  calibration?: ByNetwork<SetCalibration>;
  /** Mean Dice (0-1) of the slow-thinking network, where there is one. */
  stn?: ClassNumbers;
  /**
   * Labels that no volume's truth holds, where others are held: they are in no mean, but in the Dice of
   * volumes where they are segmented all the same, which is 0. Absent where there is none.
   */
  unlabelled?: readonly string[];
}

/** The Dice of one volume by network, and its errors. */
export interface CaseEvaluation {
  /** The errors, by network. */
  errors: ByNetwork<ClassErrors>;
  /** What may tell a bad segmentation without its label. */
  flags: CaseFlags;
  /** Dice (0-1) of the fast-thinking network. */
  ftn: ClassNumbers;
  /** Name of the set that the volume belongs to. */
  set: string;
  /** The case, by a name that is unique within its data set. */
  id: string;
  /** The person. */
  subject: string;
  /** Which of the subject's images it is, as "ED". */
  frame: string;
  /** Labels that neither truth nor mask holds. Evaluations before version 3 do not tell. */
  absent?: ByNetwork<readonly string[]>;
  /** Expected calibration error, 0-1, where there are probabilities; see `calibration`. */
  ece?: ByNetwork<number | null>;
  /** Mean Dice after 1, 2, … passes of the slow-thinking network, where there were more than one. */
  passes?: readonly (number | null)[];
  /** Dice (0-1) of the slow-thinking network, where there is one. */
  stn?: ClassNumbers;
  /** A hash of its image's voxels; absent where an artifact was put in. */
  content?: string;
  /** The same of its label. */
  labelContent?: string;
}

/** Mean Dice over classes and volumes without an artifact and at its severities 1 to 5. */
export interface SeverityEvaluation {
  /** The volumes that it was measured on. */
  cases: readonly string[];
  /** Six numbers a network, by the artifact's name. */
  dice: Record<string, ByNetwork<readonly number[]>>;
  /** The subject of each of `cases`; absent in older evaluations, as is `byCase`. */
  subjects?: readonly string[];
  /** The same six as `dice`, each as the numbers of `cases`; null where a volume has none. */
  byCase?: Record<string, ByNetwork<readonly (readonly (number | null)[])[]>>;
}
