/** Divisions of subjects into training, validation and test; never of slices or frames. */
import type { CaseSource } from "../cases/case_source.ts";
import { DatasetError } from "../cases/dataset_error.ts";
import { listed } from "../layouts/read_list.ts";
import type { RandomStream } from "../../../base/random/random_stream.ts";

/** Names of subjects by what they are for. */
export interface Split {
  /** Subjects whose cases networks learn from. */
  readonly train: readonly string[];
  /** Subjects by which the best checkpoint is chosen. */
  readonly validation: readonly string[];
  /** Subjects that are seen in the evaluation alone. */
  readonly test: readonly string[];
}

/** The three parts, in order. */
const PARTS = ["train", "validation", "test"] as const;

/**
 * Fails where a subject is in two parts, or twice in one: results would then be too good.
 *
 * @param name The split's name, for the message.
 * @throws {DatasetError} That names the subjects and the parts.
 */
export function checkSplit(split: Split, name: string): void {
  const seen = new Map<string, string>();
  const found: string[] = [];
  for (const part of PARTS) {
    for (const subject of split[part]) {
      const earlier = seen.get(subject);
      if (earlier !== undefined) found.push(`${subject} (${earlier} and ${part})`);
      seen.set(subject, part);
    }
  }
  if (found.length > 0) {
    throw new DatasetError(
      `Cannot use split ${name}: subjects are in two parts at once: ${listed(found, ", ")}`,
    );
  }
}

/**
 * The split without the validation subjects that are also in training or test, and their names.
 * Training and test are left as they are, so that results stay comparable.
 */
export function dropLeaks(split: Split): { split: Split; dropped: string[] } {
  const used = new Set([...split.train, ...split.test]);
  const dropped = split.validation.filter((subject) => used.has(subject));
  const validation = split.validation.filter((subject) => !used.has(subject));
  return { split: { ...split, validation }, dropped };
}

/** Shares of the subjects; the rest, when they sum to less than 1, is left out. */
export interface SplitFractions {
  /** The share to train on, 0 to 1. */
  readonly train: number;
  /** The share to validate on, 0 to 1. */
  readonly validation: number;
  /** The share to test on, 0 to 1. */
  readonly test: number;
}

/**
 * Divides subjects at random, each into one part. Where there are enough subjects, each part of a
 * share above 0 gets at least one.
 *
 * @param subjects Names; duplicates (several frames of a subject) count once, their order not at all.
 * @param rng Gives the order.
 * @param fractions Shares of each part, 0 to 1, summing to at most 1.
 * @throws {RangeError} If a share is out of range, they sum to more than 1, or the subjects are fewer
 * than the parts.
 */
export function divideSubjects(
  subjects: readonly string[],
  rng: RandomStream,
  fractions: SplitFractions = { train: 0.6, validation: 0.2, test: 0.2 },
): Split {
  const shares = PARTS.map((part) => fractions[part]);
  const sum = shares.reduce((a, b) => a + b, 0);
  if (shares.some((share) => !(share >= 0 && share <= 1)) || sum > 1 + 1e-9) {
    throw new RangeError(
      `Cannot divide subjects: shares are ${
        shares.join(", ")
      }, wanted 0 to 1 and a sum of at most 1`,
    );
  }
  const unique = [...new Set(subjects)].sort();
  const least = shares.map((share) => share > 0 ? 1 : 0);
  const needed = least.reduce<number>((a, b) => a + b, 0);
  if (unique.length < needed) {
    throw new RangeError(
      `Cannot divide subjects: there are ${unique.length}, wanted at least ${needed}`,
    );
  }
  const counts = shares.map((share, n) =>
    Math.max(least[n]!, Math.floor(share * unique.length + 1e-9))
  );
  // What rounding left over, or took too much, is training's where training can bear it.
  const wanted = Math.min(unique.length, Math.round(sum * unique.length));
  counts[0] = Math.max(least[0]!, wanted - counts[1]! - counts[2]!);
  while (counts[0]! + counts[1]! + counts[2]! > unique.length) {
    counts[counts.indexOf(Math.max(...counts))]!--;
  }
  const shuffled = rng.stream("divide subjects").shuffled(unique);
  const [a, b] = [counts[0]!, counts[0]! + counts[1]!];
  return {
    train: shuffled.slice(0, a).sort(),
    validation: shuffled.slice(a, b).sort(),
    test: shuffled.slice(b, b + counts[2]!).sort(),
  };
}

/**
 * The cases of some subjects, in the order of `cases`.
 *
 * @throws {DatasetError} If a subject has no case.
 */
export function selectSubjects<C extends CaseSource>(
  cases: readonly C[],
  subjects: readonly string[],
): C[] {
  const present = new Set(cases.map(({ subject }) => subject));
  const absent = subjects.filter((subject) => !present.has(subject));
  if (absent.length > 0) {
    throw new DatasetError(`Cannot select subjects: the data set holds no ${listed(absent, ", ")}`);
  }
  const wanted = new Set(subjects);
  return cases.filter(({ subject }) => wanted.has(subject));
}
