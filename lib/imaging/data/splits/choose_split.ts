import { unknownName } from "../../../base/text/unknown_name.ts";
import { ConfigError } from "../../../base/config/config_error.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import { dealFolds } from "./folds.ts";
import { findSplit, NAMED_SPLITS } from "./named_splits.ts";
import { type SplitCase, splitOfFile } from "./split_file.ts";
import { checkSplit, divideSubjects, dropLeaks, type Split } from "./split.ts";
import { RandomStream } from "../../../base/random/random_stream.ts";

/** How the subjects of a data set are divided. */
export interface SplitOptions {
  /** The data set's folder; null = the phantom. */
  readonly dir: string | null;
  /** A published division by name; null = divide by seed. */
  readonly split: string | null;
  /** A file that lists divisions, of which `fold` picks one; null or absent = none. */
  readonly splitFile?: string | null;
  /** Parts of a cross-validation; null = divide by fractions. */
  readonly folds: number | null;
  /** Which of the parts is tested on, or which division of the file is taken, from 0. */
  readonly fold: number;
  /** Training subjects to take; null = all. */
  readonly trainingSubjects: number | null;
  /** Take subjects out of validation that a named split also trains on, instead of failing. */
  readonly dropLeaks: boolean;
  readonly seed: number;
  /** Share of the subjects (0-1). */
  readonly validationFraction: number;
  /** Share of the subjects (0-1). */
  readonly testFraction: number;
}

/** What is known of a data set besides the names of its subjects. */
export interface DivisionSources {
  /** The cases, for divisions that name them, or that the data set comes with. */
  readonly cases?: readonly SplitCase[];
  /** The text of `splitFile`. */
  readonly splitText?: string;
}

/**
 * Divides the subjects of a run as `data` says: by a published split, by a file, by cross-validation,
 * or by fractions; and takes as many of the training subjects as it says. Subjects that the data set
 * keeps for tests are trained on in none of these but a file or published split that says so.
 *
 * @param subjects Names of all subjects, each once.
 * @param onNotice Is told what a person should know, as which subjects are left out of validation.
 * @throws {ConfigError} If the split is unknown, the settings exclude each other, they leave nothing
 * to train on, or more training subjects are wanted than there are.
 * @throws {DatasetError} If there are too few subjects, a split's parts overlap, or the file is no list
 * of divisions of these subjects.
 */
export function chooseSplit(
  data: SplitOptions,
  subjects: readonly string[],
  onNotice: (line: string) => void,
  sources: DivisionSources = {},
): Split {
  return takeTraining(divide(data, subjects, onNotice, sources), data);
}

function divide(
  data: SplitOptions,
  subjects: readonly string[],
  onNotice: (line: string) => void,
  { cases = [], splitText = "" }: DivisionSources,
): Split {
  const { split, splitFile = null, folds, fold } = data;
  if (folds === null && splitFile === null && fold !== 0) {
    throw new ConfigError(
      "data.fold",
      `Cannot divide subjects: data.fold is ${fold} without data.folds or data.splitFile, wanted both`,
    );
  }
  const given = Object.entries({
    "data.folds": folds,
    "data.split": split,
    "data.splitFile": splitFile,
  })
    .filter(([, value]) => value !== null);
  if (given.length > 1) {
    throw new ConfigError(
      given[0]![0],
      `Cannot divide subjects: ${
        given.map(([key, value]) => `${key} ${value}`).join(" and ")
      } are set, wanted one of them`,
    );
  }
  if (split !== null) return bySplit(data, split, onNotice);
  if (splitFile !== null) return splitOfFile(splitText, { path: splitFile, fold, cases, onNotice });
  const kept = keptForTests(cases);
  if (kept.length === 0) {
    return folds === null ? byFractions(data, subjects) : byFolds(data, folds, subjects);
  }
  const others = subjects.filter((subject) => !kept.includes(subject));
  if (others.length === 0) {
    throw new DatasetError(
      `Cannot train on ${
        data.dir ?? "the phantom"
      }: all of its ${kept.length} subjects are kept for ` +
        "tests; wanted some to train on, or a data.splitFile that says otherwise",
    );
  }
  if (folds !== null) {
    onNotice(
      `left out of the cross-validation, kept for tests by the data set: ${kept.join(", ")}`,
    );
    return byFolds(data, folds, others);
  }
  onNotice(`tested on the ${kept.length} subjects that the data set keeps for tests`);
  return { ...byFractions({ ...data, testFraction: 0 }, others), test: kept };
}

/** Subjects all of whose cases the data set keeps for tests, sorted. */
function keptForTests(cases: readonly SplitCase[]): string[] {
  return [...Map.groupBy(cases, ({ subject }) => subject)]
    .filter(([, own]) => own.every(({ part }) => part === "test"))
    .map(([subject]) => subject).sort();
}

function byFractions(
  { dir, seed, validationFraction, testFraction }: SplitOptions,
  subjects: readonly string[],
): Split {
  const train = 1 - validationFraction - testFraction;
  if (!(train > 0)) {
    throw new ConfigError(
      "data.testFraction",
      `Cannot divide subjects: data.validationFraction ${validationFraction} and ` +
        `data.testFraction ${testFraction} leave nothing to train on`,
    );
  }
  const shares = { train, validation: validationFraction, test: testFraction };
  const parts = Object.values(shares).filter((share) => share > 0).length;
  if (subjects.length < parts) {
    throw new DatasetError(
      `Cannot divide ${dir ?? "the phantom"} into ${parts} parts: it holds ` +
        `${subjects.length} subjects, wanted at least one a part`,
    );
  }
  return divideSubjects(subjects, RandomStream.fromSeed(seed), shares);
}

function byFolds(
  { dir, seed, fold, validationFraction }: SplitOptions,
  folds: number,
  subjects: readonly string[],
): Split {
  if (fold >= folds) {
    throw new ConfigError(
      "data.fold",
      `Cannot divide subjects: data.fold is ${fold}, wanted 0 to ${folds - 1} (data.folds)`,
    );
  }
  // Besides the part that is tested on there are one to train on, and one to validate on.
  const least = Math.max(folds, validationFraction > 0 ? 3 : 2);
  if (subjects.length < least) {
    throw new DatasetError(
      `Cannot divide ${dir ?? "the phantom"} into ${folds} folds: it holds ` +
        `${subjects.length} subjects, wanted at least ${least}`,
    );
  }
  try {
    const rng = RandomStream.fromSeed(seed);
    return dealFolds(subjects, rng, { folds, fold, validationFraction });
  } catch (cause) {
    // What is left is a share that takes every subject.
    throw new ConfigError("data.validationFraction", (cause as Error).message, { cause });
  }
}

function bySplit(
  data: SplitOptions,
  name: string,
  onNotice: (line: string) => void,
): Split {
  if (!Object.hasOwn(NAMED_SPLITS, name)) {
    const problem = unknownName("split", name, Object.keys(NAMED_SPLITS));
    throw new ConfigError("data.split", `Cannot use configuration: data.split: ${problem}`);
  }
  if (!data.dropLeaks) {
    checkSplit(findSplit(name), `${name} (data.dropLeaks=true leaves them out of validation)`);
  }
  const { split, dropped } = dropLeaks(findSplit(name));
  if (dropped.length > 0) onNotice(`left out of validation, trained on: ${dropped.join(", ")}`);
  return split;
}

/** Fewer training subjects; the order does not depend on how many, so that few are among more. */
function takeTraining(split: Split, { seed, trainingSubjects: wanted }: SplitOptions): Split {
  if (wanted === null) return split;
  const { train } = split;
  if (wanted > train.length) {
    throw new ConfigError(
      "data.trainingSubjects",
      `Cannot train on data.trainingSubjects ${wanted}: the division has ${train.length} of them`,
    );
  }
  const order = RandomStream.fromSeed(seed).stream("training subjects").shuffled(train.toSorted());
  return { ...split, train: order.slice(0, wanted).sort() };
}
