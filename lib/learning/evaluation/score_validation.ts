import type { Network } from "../../names.ts";
import { IGNORED, type Task } from "../../base/task/task.ts";
import type { EmptyRule } from "../../formats/run_folder/evaluation.ts";
import { classesOf } from "../../imaging/data/preparation/case_content.ts";
import { absentOf, classDice, diceOver, type MaskDice, meanDice } from "./class_dice.ts";
import { meanOfKnown } from "./mean_of_known.ts";
import { heldLabels, scoredLabels } from "./scored_labels.ts";
import type { PreparedCase } from "../../imaging/data/preparation/prepare_case.ts";
import { addToConfusion, emptyConfusion, meanIou } from "../../imaging/metrics/confusion.ts";
import { networksOf } from "../models/by_network.ts";
import type { Segmenter } from "../models/segmenter.ts";

/**
 * The name of the score by which the best checkpoint is chosen: the mean intersection over union of
 * all classes, background included, from one table over all pixels, after the slow-thinking network
 * (the authors' code, 2021), or the fast-thinking one where that is alone.
 */
export function chosenScore(networks: readonly Network[]): string {
  return networks.includes("stn") ? "stnMeanIou" : "ftnMeanIou";
}

/**
 * Scores networks on prepared cases with labels, of which one at a time is wanted: for each network,
 * `ftn…` and `stn…`, the mean IoU, and the 3-D Dice (0-1) of each class, and of all that a label holds,
 * averaged over the cases; all on the network's own grid. By `skip`, a class has
 * no score that is in neither prediction nor label of any case.
 *
 * @returns Scores (0-1) by name, as `stnMeanIou`.
 * @throws {TypeError} If a case has no label.
 */
export async function scoreValidation(
  segmenter: Pick<Segmenter, "segment">,
  cases: Iterable<PreparedCase> | AsyncIterable<PreparedCase>,
  task: Task,
  empty: EmptyRule = "skip",
): Promise<Record<string, number>> {
  const scorable = scoredLabels(task), held = new Set<number>();
  const tables = new Map<Network, NetworkTable>();
  for await (const prepared of cases) {
    const { labels: truth } = prepared;
    if (truth === undefined) {
      throw new TypeError(`Cannot score ${prepared.id}: it has no label`);
    }
    const result = segmenter.segment(prepared), known = knownOf(truth);
    classesOf({ data: truth }).forEach((index) => held.add(index));
    for (const network of networksOf(result)) {
      const table = tables.get(network) ??
        { confusion: emptyConfusion(task.labels.length), dice: [] };
      tables.set(network, table);
      const mask = known(result[network]!), own = known(truth);
      addToConfusion(table.confusion, mask, own);
      table.dice.push(classDice(mask, own, scorable));
    }
  }
  const { labels, left } = heldLabels(scorable, (index) => held.has(index));
  const scores: Record<string, number> = {};
  for (const [network, table] of tables) {
    scores[`${network}MeanIou`] = meanIou(table.confusion)!;
    const { byLabel } = meanDice(table.dice.map((dice) => diceOver(dice, scorable, empty)));
    const segmented = left.filter((name) =>
      table.dice.some((dice) => !absentOf(dice).includes(name))
    );
    const counted = labels.filter(({ name, inMean }) => inMean || segmented.includes(name));
    const mean = meanOfKnown(counted.map(({ name }) => byLabel[name]!));
    if (mean !== null) scores[`${network}Dice`] = mean;
    for (const { name } of labels) {
      const value = byLabel[name]!;
      if (value !== null) scores[`${network}Dice${name}`] = value;
    }
  }
  return scores;
}

/** What is known of a network so far: one table of all pixels, and the Dice of each label and case. */
interface NetworkTable {
  readonly confusion: ReturnType<typeof emptyConfusion>;
  readonly dice: MaskDice[];
}

/** Takes from classes those of pixels that nobody labelled. */
function knownOf(truth: Uint8Array): (classes: Uint8Array) => Uint8Array {
  if (!truth.includes(IGNORED)) return (classes) => classes;
  return (classes) => classes.filter((_, n) => truth[n] !== IGNORED);
}
