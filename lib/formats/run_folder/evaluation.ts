/**
 * `evaluation.json`: what a trained run makes of its test sets, or what predictions made elsewhere are
 * worth. The types of evaluations are those of this file, wherever they are made and read.
 */
import { z } from "../../base/deps/zod.ts";
import { dirname } from "../../base/deps/std.ts";
import { EMPTY_RULES } from "../../names.ts";
import { makeFolder } from "../files/make_folder.ts";
import { readJson } from "../files/read_json.ts";
import { writeAtomically } from "../files/write_atomically.ts";
import { RunFolderError } from "./run_folder_error.ts";
import { versioned } from "./versioned.ts";

/** Version of the file. */
const FORMAT = 4;

const count = z.number().int().min(0);

/** Something of each network: the slow-thinking one's is absent where the method has none. */
const byNetwork = <T extends z.ZodType>(of: T) => ({ ftn: of, stn: of.exactOptional() });

const withMean = <T extends z.ZodType>(number: T) =>
  z.object({ byLabel: z.record(z.string(), number), mean: number });

const numbersSchema = withMean(z.number().nullable());

const emptyRuleSchema = z.enum(EMPTY_RULES);

const lesionsSchema = z.object({
  /** Lesions of the truth, and of the prediction. */
  reference: count,
  predicted: count,
  /** Lesions of the truth that share a voxel with the prediction. */
  found: count,
  /** Lesions of the prediction that share none with the truth. */
  spurious: count,
  /** F1 score by lesion, 0-1; null where there is none on either side. */
  f1: z.number().nullable(),
});

const errorFields = {
  /** 95th percentile of the Hausdorff distance in mm; see `hausdorff95`. */
  hd95Mm: numbersSchema,
  /** Average symmetric surface distance in mm; see `assd`. */
  assdMm: numbersSchema,
  /** Predicted minus true volume in ml. */
  volumeErrorMl: numbersSchema,
  /** The same in percent of the true volume; null where that is 0 and the predicted one is not. */
  volumeErrorPercent: numbersSchema,
  /** Surface Dice (0-1) by its tolerance in mm, as "2"; see `surfaceDice`. */
  surfaceDice: z.record(z.string(), numbersSchema).exactOptional(),
  /**
   * Lesions by label, where they were counted; see `lesionDetection`. Of a set the counts are sums, and
   * `f1` is the mean over volumes.
   */
  lesions: z.record(z.string(), lesionsSchema).exactOptional(),
};
const caseErrorsSchema = z.object(errorFields);
const setErrorsSchema = z.object({
  ...errorFields,
  /** Mean of the absolute `volumeErrorMl`. */
  absoluteVolumeErrorMl: numbersSchema,
  /** Mean of the absolute `volumeErrorPercent`. */
  absoluteVolumeErrorPercent: numbersSchema,
  /** Number of volumes, by label, that have distances; the others are not in their means. */
  measured: z.record(z.string(), count),
});

const flagsSchema = z.object({
  /** 1 - mean Dice over classes between both networks' masks; absent where there is just one. */
  disagreement: z.number().exactOptional(),
  /**
   * Mean over all pixels of the prepared slices of the entropy, in nats, of the fast-thinking
   * network's class probabilities; absent where there are none.
   */
  entropy: z.number().exactOptional(),
  /** Mean squared difference of the image decoder's image and the prepared one, where there is one. */
  reconstructionError: z.number().exactOptional(),
});

const calibrationSchema = z.object({
  /** Volumes that had probabilities. */
  cases: count,
  /** Expected calibration error over the voxels of them all, 0-1; null where they hold no foreground. */
  ece: z.number().nullable(),
  /** By bin of the top probability, of equal width: voxels, their summed probabilities, and those right. */
  counts: z.array(z.number()).readonly(),
  confidence: z.array(z.number()).readonly(),
  correct: z.array(z.number()).readonly(),
});

const kindSchema = z.enum(["intra", "cross", "corrupted", "given"]);
const gridSchema = z.enum(["native", "network"]);

const seenSchema = z.object({
  set: z.string(),
  subject: z.string(),
  /** What the run had the subject for. */
  part: z.enum(["train", "validation"]),
  /** What it was known by: the voxels of an image, or its name within the run's data set. */
  by: z.enum(["voxels", "name"]),
  /** The subject's name in the run. */
  as: z.string(),
}).readonly();

const setSchema = z.object({
  /** Number of volumes. */
  cases: count,
  /**
   * Labels that no volume's truth holds, where others are held: they are in no mean, but in the Dice of
   * volumes where they are segmented all the same, which is 0. Absent where there is none.
   */
  unlabelled: z.array(z.string()).readonly().exactOptional(),
  kind: kindSchema,
  ...byNetwork(numbersSchema),
  /** Volumes, by label, of which neither truth nor mask holds it; labels without one are left out. */
  absent: z.object(byNetwork(z.record(z.string(), count))).exactOptional(),
  /** Means of the errors, by network. */
  errors: z.object(byNetwork(setErrorsSchema)),
  /** How sure predictions are and how often right, where there are probabilities and all labels. */
  calibration: z.object(byNetwork(calibrationSchema)).exactOptional(),
});

const caseSchema = z.object({
  set: z.string(),
  id: z.string(),
  subject: z.string(),
  /** Which of the subject's images it is, as "ED". */
  frame: z.string(),
  /** A hash of its image's voxels; absent where an artifact was put in. */
  content: z.string().exactOptional(),
  /** The same of its label. */
  labelContent: z.string().exactOptional(),
  ...byNetwork(numbersSchema),
  /** Labels that neither truth nor mask holds. Evaluations before version 3 do not tell. */
  absent: z.object(byNetwork(z.array(z.string()).readonly())).exactOptional(),
  errors: z.object(byNetwork(caseErrorsSchema)),
  /** Expected calibration error, 0-1, where there are probabilities; see `calibration`. */
  ece: z.object(byNetwork(z.number().nullable())).exactOptional(),
  flags: flagsSchema,
  /**
   * Mean Dice after 1, 2, … passes of the slow-thinking network, where there were more than one.
   */
  passes: z.array(z.number().nullable()).readonly().exactOptional(),
});

const severitySchema = z.object({
  /** The volumes that it was measured on. */
  cases: z.array(z.string()).readonly(),
  /** Six numbers a network, by the artifact's name. */
  dice: z.record(z.string(), z.object(byNetwork(z.array(z.number()).readonly()))),
  /** The subject of each of `cases`; absent in older evaluations, as is `byCase`. */
  subjects: z.array(z.string()).readonly().exactOptional(),
  /** The same six as `dice`, each as the numbers of `cases`; null where a volume has none. */
  byCase: z.record(
    z.string(),
    z.object(byNetwork(z.array(z.array(z.number().nullable()).readonly()).readonly())),
  ).exactOptional(),
});

const currentSchema = versioned(FORMAT, {
  /** Names of the labels, background left out, in the order of their classes. */
  labels: z.array(z.string()).min(1).readonly(),
  /** Means by set. */
  sets: z.record(z.string(), setSchema),
  /** What a label counts that neither truth nor mask of a volume holds; see {@linkcode EmptyRule}. */
  empty: emptyRuleSchema,
  /**
   * The folder of predictions made elsewhere. Where it is there, they stand where a run's have the
   * fast-thinking network's, and there is no other.
   */
  predictions: z.string().exactOptional(),
  /** Where masks are compared. */
  grid: gridSchema,
  /** mm that stand in the means of sets for distances that a missed class has none of. */
  distancePenaltyMm: z.number().exactOptional(),
  /** Scored subjects that the run was trained or validated on; absent where that is not known. */
  seen: z.array(seenSchema).readonly().exactOptional(),
  /** Each volume. */
  volumes: z.array(caseSchema).readonly(),
  /** How Dice falls with artifacts, where it was measured. */
  severities: severitySchema.exactOptional(),
});

/**
 * Also reads version 3, in which predictions made elsewhere alone had a calibration, version 2, in which
 * a label in neither mask always counted as perfect, and version 1, in which the mean stood among the
 * names of labels, too.
 */
const evaluationSchema = z.preprocess(
  (value) => fromVersion3(fromVersion2(fromVersion1(value))),
  currentSchema,
);

function fromVersion3(value: unknown): unknown {
  if (!isObject(value) || value["format"] !== 3) return value;
  const { sets, volumes } = value;
  const byNetwork = (one: unknown, key: string) =>
    isObject(one) && key in one ? { ...one, [key]: { ftn: one[key] } } : one;
  return {
    ...value,
    format: FORMAT,
    ...isObject(sets) && {
      sets: Object.fromEntries(
        Object.entries(sets).map(([name, set]) => [name, byNetwork(set, "calibration")]),
      ),
    },
    ...Array.isArray(volumes) && { volumes: volumes.map((volume) => byNetwork(volume, "ece")) },
  };
}

function fromVersion2(value: unknown): unknown {
  if (!isObject(value) || value["format"] !== 2) return value;
  return { ...value, format: 3, empty: "one" };
}

function fromVersion1(value: unknown): unknown {
  if (!isObject(value) || ("format" in value && value["format"] !== 1)) return value;
  const { sets } = value;
  const [first] = isObject(sets) ? Object.values(sets) : [];
  const ftn = isObject(first) && isObject(first["ftn"]) ? first["ftn"] : {};
  const labels = Object.keys(ftn).filter((name) => name !== "mean");
  return { ...apart(value) as object, format: 2, labels };
}

/** How deep such numbers lie: of volumes, one, its errors, of one network, by their name. */
const DEEPEST = 6;

/**
 * The value with every `{Anterior, …, mean}` in it as `{byLabel: {Anterior, …}, mean}`; what lies deeper
 * than these do is left as it is.
 */
function apart(value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((entry) => apart(entry, depth + 1));
  if (!isObject(value)) return value;
  const { mean, ...byLabel } = value;
  const isNumbers = mean !== undefined &&
    Object.values(byLabel).every((number) => number === null || typeof number === "number");
  if (isNumbers) return { byLabel, mean };
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, apart(child, depth + 1)]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** What `evaluation.json` holds, less its version. */
export interface Evaluation {
  /** Names of the labels, background left out, in the order of their classes. */
  labels: readonly string[];
  /** Means by set. */
  sets: Record<string, SetEvaluation>;
  /** What a label counts that neither truth nor mask of a volume holds; see {@linkcode EmptyRule}. */
  empty: EmptyRule;
  /** The folder of predictions made elsewhere. Where it is there, they stand where a run's have the
   * fast-thinking network's, and there is no other. */
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
  byLabel: Record<string, number | null>;
  mean: number | null;
}

/** Dice (0-1) by label, and their mean; null where a label is left out, or all are. */
export type ClassDice = ClassNumbers;

/** The lesions of a label, of one volume or of a set. */
export interface ClassLesions {
  /** Lesions of the truth, and of the prediction. */
  reference: number;
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
  /** Lesions by label, where they were counted; see `lesionDetection`. Of a set the counts are sums, and
   * `f1` is the mean over volumes. */
  lesions?: Record<string, ClassLesions>;
}

/** The means of the errors over the volumes of a set. */
export interface SetErrors {
  /** Mean of the absolute `volumeErrorMl`. */
  absoluteVolumeErrorMl: ClassNumbers;
  /** Mean of the absolute `volumeErrorPercent`. */
  absoluteVolumeErrorPercent: ClassNumbers;
  /** Number of volumes, by label, that have distances; the others are not in their means. */
  measured: Record<string, number>;
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
  /** Lesions by label, where they were counted; see `lesionDetection`. Of a set the counts are sums, and
   * `f1` is the mean over volumes. */
  lesions?: Record<string, ClassLesions>;
}

/** How sure the predictions of a set are, and how often right; see `addToCalibration`. */
export interface SetCalibration {
  /** Volumes that had probabilities. */
  cases: number;
  /** Expected calibration error over the voxels of them all, 0-1; null where they hold no foreground. */
  ece: number | null;
  /** By bin of the top probability, of equal width: voxels, their summed probabilities, and those right. */
  counts: readonly number[];
  confidence: readonly number[];
  correct: readonly number[];
}

/**
 * Numbers that may tell a bad segmentation without its label; the higher, the more suspicious. A class
 * that both networks are sure to see nowhere raises neither disagreement nor entropy.
 */
export interface CaseFlags {
  /** 1 - mean Dice over classes between both networks' masks; absent where there is just one. */
  disagreement?: number;
  /** Mean over all pixels of the prepared slices of the entropy, in nats, of the fast-thinking
   * network's class probabilities; absent where there are none. */
  entropy?: number;
  /** Mean squared difference of the image decoder's image and the prepared one, where there is one. */
  reconstructionError?: number;
}

/** A subject that is scored, and that the run was trained or validated on. */
export interface SeenSubject {
  readonly set: string;
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
export type SetKind = "corrupted" | "intra" | "cross" | "given";

/** Where predictions are compared: in the file's own voxels, or on the network's cropped grid. */
export type EvaluationGrid = "native" | "network";

/** The means over the volumes of one set: Dice by network, and more. */
export interface SetEvaluation {
  /** Means of the errors, by network. */
  errors: {
    ftn: SetErrors;
    stn?: SetErrors;
  };
  ftn: ClassNumbers;
  /** Number of volumes. */
  cases: number;
  kind: SetKind;
  /** Volumes, by label, of which neither truth nor mask holds it; labels without one are left out. */
  absent?: {
    ftn: Record<string, number>;
    stn?: Record<string, number>;
  };
  /** How sure predictions are and how often right, where there are probabilities and all labels. */
  calibration?: {
    ftn: SetCalibration;
    stn?: SetCalibration;
  };
  stn?: ClassNumbers;
  /** Labels that no volume's truth holds, where others are held: they are in no mean, but in the Dice of
   * volumes where they are segmented all the same, which is 0. Absent where there is none. */
  unlabelled?: readonly string[];
}

/** The Dice of one volume by network, and its errors. */
export interface CaseEvaluation {
  errors: {
    ftn: ClassErrors;
    stn?: ClassErrors;
  };
  flags: CaseFlags;
  ftn: ClassNumbers;
  set: string;
  id: string;
  subject: string;
  /** Which of the subject's images it is, as "ED". */
  frame: string;
  /** Labels that neither truth nor mask holds. Evaluations before version 3 do not tell. */
  absent?: {
    ftn: readonly string[];
    stn?: readonly string[];
  };
  /** Expected calibration error, 0-1, where there are probabilities; see `calibration`. */
  ece?: {
    ftn: number | null;
    stn?: number | null;
  };
  /** Mean Dice after 1, 2, … passes of the slow-thinking network, where there were more than one. */
  passes?: readonly (number | null)[];
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
  dice: Record<string, {
    ftn: readonly number[];
    stn?: readonly number[];
  }>;
  /** The subject of each of `cases`; absent in older evaluations, as is `byCase`. */
  subjects?: readonly string[];
  /** The same six as `dice`, each as the numbers of `cases`; null where a volume has none. */
  byCase?: Record<string, {
    ftn: readonly (readonly (number | null)[])[];
    stn?: readonly (readonly (number | null)[])[];
  }>;
}

/** Writes an evaluation as JSON, atomically, making its folder; throws WriteError if the disk refuses. */
export async function saveEvaluation(path: string, evaluation: Evaluation): Promise<void> {
  await makeFolder(dirname(path));
  await writeAtomically(path, JSON.stringify({ format: FORMAT, ...evaluation }, null, 2) + "\n");
}

/**
 * Reads an evaluation.
 *
 * @throws {RunFolderError} If the file cannot be read, is of another version, or has a bad field.
 */
export async function readEvaluation(path: string): Promise<Evaluation> {
  const { format: _, ...evaluation } = await readJson(path, evaluationSchema, RunFolderError);
  return evaluation;
}
