/** Dice by label: of one volume, and of a set. */
import type { ClassDice, EmptyRule } from "../../formats/run_folder/evaluation.ts";
import { dice } from "../../imaging/metrics/dice.ts";
import { meanOfKnown } from "./mean_of_known.ts";
import { classOf, maskOf, type ScoredLabel } from "./scored_labels.ts";

/** Dice (0-1) by label; null where neither mask holds it. */
export type MaskDice = ClassDice["byLabel"];

/** The Dice of one mask of a volume. */
export function classDice(
  predicted: Uint8Array,
  truth: Uint8Array,
  labels: readonly ScoredLabel[],
): MaskDice {
  return Object.fromEntries(
    labels.map((label) => [
      label.name,
      dice(maskOf(predicted, label), maskOf(truth, label), classOf(label), "exclude"),
    ]),
  );
}

/**
 * 1 - mean Dice over labels between two masks, 0 to 1. A label that neither holds counts as agreement.
 */
export function disagreementOf(
  one: Uint8Array,
  other: Uint8Array,
  labels: readonly ScoredLabel[],
): number {
  return 1 - diceOver(classDice(one, other, labels), labels, "one").mean!;
}

/** The labels that neither mask holds. */
export function absentOf(byLabel: MaskDice): string[] {
  return Object.entries(byLabel).flatMap(([name, value]) => value === null ? [name] : []);
}

/** The Dice with what a label in neither mask counts. */
export function withRule(byLabel: MaskDice, empty: EmptyRule): MaskDice {
  if (empty === "skip") return byLabel;
  const counted = empty === "one" ? 1 : 0;
  return Object.fromEntries(
    Object.entries(byLabel).map(([name, value]) => [name, value ?? counted]),
  );
}

/**
 * The Dice of labels by the rule, with the mean over those that count in means. Labels of which the set
 * has none are in it just where they are segmented all the same, and so have a Dice of 0: else they would
 * lift it, or lower it.
 *
 * @param unlabelled Names of these labels.
 */
export function diceOver(
  byLabel: MaskDice,
  labels: readonly ScoredLabel[],
  empty: EmptyRule,
  unlabelled: readonly string[] = [],
): ClassDice {
  const ruled = withRule(byLabel, empty);
  const counted = labels.filter(({ name, inMean }) =>
    inMean || (unlabelled.includes(name) && byLabel[name] !== null)
  );
  return { byLabel: ruled, mean: meanOfKnown(counted.map(({ name }) => ruled[name]!)) };
}

/** The means over volumes, at least one, all of the same labels; each over those that have a number. */
export function meanDice(volumes: readonly ClassDice[]): ClassDice {
  const over = (valueOf: (dice: ClassDice) => number | null) => meanOfKnown(volumes.map(valueOf));
  const names = Object.keys(volumes[0]!.byLabel);
  return {
    byLabel: Object.fromEntries(names.map((name) => [name, over((dice) => dice.byLabel[name]!)])),
    mean: over(({ mean }) => mean),
  };
}
