/** What a study runs: every method, in every replicate, with every number of training subjects. */
import { LAYOUT_NAMES, type LayoutName } from "../../../names.ts";
import type { PartialConfig } from "../../../base/config/config_schema.ts";
import { z } from "../../../base/deps/zod.ts";

/** Characters of a name that is part of a folder's: systems take 255 bytes in all, and a character up to 3. */
const MOST_CHARACTERS = 40;

const replicateSchema = z.object({
  seed: z.int().min(0),
  split: z.string().max(MOST_CHARACTERS).nullable(),
  fold: z.int().min(0).nullable(),
}).readonly();

const testSchema = z.object({
  name: z.string(),
  dir: z.string(),
  layout: z.enum(LAYOUT_NAMES),
}).readonly();

/** A method's name is part of the names of its runs' folders, which lie in the study's. */
const methodName = z.string().max(MOST_CHARACTERS)
  .regex(/^[^/\\\p{Cc}]+$/u, "Wanted a name without slashes");

const planSchema = z.object({
  preset: z.string(),
  methods: z.array(methodName).min(1).readonly(),
  replicates: z.array(replicateSchema).min(1).readonly(),
  trainingSubjects: z.array(z.int().min(1).nullable()).min(1).readonly(),
  tests: z.array(testSchema).readonly(),
  settings: z.custom<PartialConfig>(
    (value) => value !== null && typeof value === "object" && !Array.isArray(value),
    "wanted object",
  ),
}).readonly();

/** Runs that a study has at the most. */
export const MOST_RUNS = 10_000;

/** The number of runs of a plan. */
export function runsOf(
  { methods, replicates, trainingSubjects }: Pick<
    z.infer<typeof planSchema>,
    "methods" | "replicates" | "trainingSubjects"
  >,
): number {
  return methods.length * replicates.length * trainingSubjects.length;
}

/** The version of `study.json`; files from before there were versions are of the first. */
const FORMAT = 1;

/** What `study.json` holds. */
export const studyFileSchema = z.object({ format: z.literal(FORMAT).default(FORMAT) })
  .extend(planSchema.unwrap().shape)
  .refine((plan) => runsOf(plan) <= MOST_RUNS, { error: `Wanted at most ${MOST_RUNS} runs` });

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
  /** The data set's folder, or its list. */
  readonly dir: string;
  /** How it is laid out. */
  readonly layout: LayoutName;
}

/** A further data set as it is asked for: where no layout is named, it is recognised. */
export interface GivenTest extends Omit<StudyTest, "layout"> {
  /** How it is laid out; `auto` by default. */
  readonly layout?: LayoutName | "auto";
}

/**
 * Plain JSON, saved as `study.json`; a study that goes on keeps its settings and tests, and may have
 * more else.
 */
export interface StudyPlan {
  /** The preset's name. */
  readonly preset: string;
  /**
   * Names of methods, in the order of the table; the first, the reference, is what the others are
   * tested against.
   */
  readonly methods: readonly string[];
  /** Every method is trained once in each. */
  readonly replicates: readonly Replicate[];
  /** Numbers of training subjects, ascending; null = all. */
  readonly trainingSubjects: readonly (number | null)[];
  /** Data sets to test on besides the runs' own; empty where there are none. */
  readonly tests: readonly StudyTest[];
  /** Settings that all runs share; whole, where `makePlan` made it. Checked by `parseConfig`. */
  readonly settings: PartialConfig;
}

/** The text of `study.json`. */
export function planText(plan: StudyPlan): string {
  return JSON.stringify({ format: FORMAT, ...plan }, null, 2) + "\n";
}

/** One run of a study. */
export interface StudyJob {
  /** Unique, and the run's folder below `runs/`: `full-seed0`, `full-seed0-fold1-n3`. */
  readonly id: string;
  /** The method's name. */
  readonly method: string;
  /** Its seed and division of subjects. */
  readonly replicate: Replicate;
  /** Subjects that it is trained on; null = all. */
  readonly trainingSubjects: number | null;
}
