/** Dice by label: of one volume, and of a set. */
import type { ClassDice } from "../../formats/run_folder/evaluation.ts";
import { dice } from "../../imaging/metrics/dice.ts";
import { classOf, maskOf, type ScoredLabel } from "./scored_labels.ts";

/** The Dice of one mask of a volume. */
export function classDice(
  predicted: Uint8Array,
  truth: Uint8Array,
  labels: readonly ScoredLabel[],
): ClassDice {
  const values = labels.map((label) =>
    dice(maskOf(predicted, label), maskOf(truth, label), classOf(label))
  );
  return diceOver(Object.fromEntries(labels.map(({ name }, n) => [name, values[n]!])), labels);
}

/**
 * The Dice of labels, with the mean over those that count in means. Labels of which the set has none
 * are in it just where they are segmented all the same, and so have a Dice of 0: else they would lift
 * it.
 *
 * @param unlabelled Names of these labels.
 */
export function diceOver(
  byLabel: ClassDice["byLabel"],
  labels: readonly ScoredLabel[],
  unlabelled: readonly string[] = [],
): ClassDice {
  const counted = labels.filter(({ name, inMean }) =>
    inMean || (unlabelled.includes(name) && byLabel[name]! < 1)
  );
  const sum = counted.reduce((total, { name }) => total + byLabel[name]!, 0);
  return { byLabel, mean: sum / counted.length };
}

/** The means over volumes, at least one, all of the same labels. */
export function meanDice(volumes: readonly ClassDice[]): ClassDice {
  const over = (valueOf: (dice: ClassDice) => number) =>
    volumes.reduce((total, dice) => total + valueOf(dice), 0) / volumes.length;
  const names = Object.keys(volumes[0]!.byLabel);
  return {
    byLabel: Object.fromEntries(names.map((name) => [name, over((dice) => dice.byLabel[name]!)])),
    mean: over(({ mean }) => mean),
  };
}
