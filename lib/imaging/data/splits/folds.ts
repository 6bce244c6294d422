import type { RandomStream } from "../../../base/random/random_stream.ts";
import type { Split } from "./split.ts";

/** Which part of a cross-validation is tested on, and how the others are used. */
export interface FoldChoice {
  /** Number of parts, 2 or more. */
  readonly folds: number;
  /** The part that is tested on, 0 to `folds` - 1. */
  readonly fold: number;
  /** Share of the other parts' subjects (0-1) for validation: at least one where it is above 0. */
  readonly validationFraction: number;
}

/**
 * Deals subjects at random to parts of equal size, give or take one, of which one is tested on. Over
 * all folds every subject is tested on once.
 *
 * @param subjects Names; duplicates (several frames of a subject) count once, their order not at all.
 * @param rng Gives the order; the same for all folds. Only its streams are drawn from.
 * @returns The parts, each in the order of names; no subject is in two.
 * @throws {RangeError} If there are fewer subjects than parts, there is no such part, the share is out
 * of range, or none is left to train on.
 */
export function dealFolds(
  subjects: readonly string[],
  rng: RandomStream,
  { folds, fold, validationFraction }: FoldChoice,
): Split {
  const unique = [...new Set(subjects)].sort();
  if (!Number.isInteger(folds) || folds < 2 || folds > unique.length) {
    throw new RangeError(
      `Cannot deal subjects: folds is ${folds}, wanted 2 to the number of subjects, ${unique.length}`,
    );
  }
  if (!Number.isInteger(fold) || fold < 0 || fold >= folds) {
    throw new RangeError(`Cannot deal subjects: fold is ${fold}, wanted 0 to ${folds - 1}`);
  }
  if (!(validationFraction >= 0 && validationFraction <= 1)) {
    throw new RangeError(
      `Cannot deal subjects: validationFraction is ${validationFraction}, wanted 0 to 1`,
    );
  }
  const dealt = rng.stream("deal subjects").shuffled(unique);
  const test = dealt.filter((_, n) => n % folds === fold);
  const others = rng.stream("validation of fold", fold)
    .shuffled(unique.filter((subject) => !test.includes(subject)));
  const least = validationFraction > 0 ? 1 : 0;
  const count = Math.max(least, Math.floor(validationFraction * others.length + 1e-9));
  if (count >= others.length) {
    throw new RangeError(
      `Cannot deal subjects: validationFraction ${validationFraction} of ${others.length} leaves ` +
        "none to train on",
    );
  }
  return {
    train: others.slice(count).sort(),
    validation: others.slice(0, count).sort(),
    test: test.sort(),
  };
}
