/**
 * `evaluation.json`: what a trained run makes of its test sets, or what predictions made elsewhere are
 * worth, written and read.
 */
import { z } from "../../base/deps/zod.ts";
import { dirname } from "../../base/deps/std.ts";
import { EMPTY_RULES } from "../../names.ts";
import { makeFolder } from "../files/make_folder.ts";
import { readJson } from "../files/read_json.ts";
import { writeAtomically } from "../files/write_atomically.ts";
import { RunFolderError } from "./run_folder_error.ts";
import { versioned } from "./versioned.ts";
import type { Evaluation } from "./evaluation_record.ts";

export type {
  CaseEvaluation,
  CaseFlags,
  ClassDice,
  ClassErrors,
  ClassLesions,
  ClassNumbers,
  EmptyRule,
  Evaluation,
  EvaluationGrid,
  SeenSubject,
  SetCalibration,
  SetErrors,
  SetEvaluation,
  SetKind,
  SeverityEvaluation,
} from "./evaluation_record.ts";

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
  reference: count,
  predicted: count,
  found: count,
  spurious: count,
  f1: z.number().nullable(),
});

const errorFields = {
  hd95Mm: numbersSchema,
  assdMm: numbersSchema,
  volumeErrorMl: numbersSchema,
  volumeErrorPercent: numbersSchema,
  surfaceDice: z.record(z.string(), numbersSchema).exactOptional(),
  lesions: z.record(z.string(), lesionsSchema).exactOptional(),
};
const caseErrorsSchema = z.object(errorFields);
const setErrorsSchema = z.object({
  ...errorFields,
  absoluteVolumeErrorMl: numbersSchema,
  absoluteVolumeErrorPercent: numbersSchema,
  measured: z.record(z.string(), count),
});

const flagsSchema = z.object({
  disagreement: z.number().exactOptional(),
  entropy: z.number().exactOptional(),
  reconstructionError: z.number().exactOptional(),
});

const calibrationSchema = z.object({
  cases: count,
  ece: z.number().nullable(),
  counts: z.array(z.number()).readonly(),
  confidence: z.array(z.number()).readonly(),
  correct: z.array(z.number()).readonly(),
});

const kindSchema = z.enum(["intra", "cross", "corrupted", "given"]);
const gridSchema = z.enum(["native", "network"]);

const seenSchema = z.object({
  set: z.string(),
  subject: z.string(),
  part: z.enum(["train", "validation"]),
  by: z.enum(["voxels", "name"]),
  as: z.string(),
}).readonly();

const setSchema = z.object({
  cases: count,
  unlabelled: z.array(z.string()).readonly().exactOptional(),
  kind: kindSchema,
  ...byNetwork(numbersSchema),
  absent: z.object(byNetwork(z.record(z.string(), count))).exactOptional(),
  errors: z.object(byNetwork(setErrorsSchema)),
  calibration: z.object(byNetwork(calibrationSchema)).exactOptional(),
});

const caseSchema = z.object({
  set: z.string(),
  id: z.string(),
  subject: z.string(),
  frame: z.string(),
  content: z.string().exactOptional(),
  labelContent: z.string().exactOptional(),
  ...byNetwork(numbersSchema),
  absent: z.object(byNetwork(z.array(z.string()).readonly())).exactOptional(),
  errors: z.object(byNetwork(caseErrorsSchema)),
  ece: z.object(byNetwork(z.number().nullable())).exactOptional(),
  flags: flagsSchema,
  passes: z.array(z.number().nullable()).readonly().exactOptional(),
});

const severitySchema = z.object({
  cases: z.array(z.string()).readonly(),
  dice: z.record(z.string(), z.object(byNetwork(z.array(z.number()).readonly()))),
  subjects: z.array(z.string()).readonly().exactOptional(),
  byCase: z.record(
    z.string(),
    z.object(byNetwork(z.array(z.array(z.number().nullable()).readonly()).readonly())),
  ).exactOptional(),
});

const currentSchema = versioned(FORMAT, {
  labels: z.array(z.string()).min(1).readonly(),
  parts: z.array(z.string()).readonly().exactOptional(),
  sets: z.record(z.string(), setSchema),
  empty: emptyRuleSchema,
  predictions: z.string().exactOptional(),
  grid: gridSchema,
  distancePenaltyMm: z.number().exactOptional(),
  seen: z.array(seenSchema).readonly().exactOptional(),
  volumes: z.array(caseSchema).readonly(),
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
