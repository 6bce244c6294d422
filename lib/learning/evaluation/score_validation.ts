import { meanOf } from "../../base/stats/mean_of.ts";
import type { Network } from "../../names.ts";
import { IGNORED, type Task } from "../../base/task/task.ts";
import { classDice, diceOver } from "./class_dice.ts";
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
 * Scores networks on prepared cases with labels: for each one, `ftn…` and `stn…`, the mean IoU, and
 * the 3-D Dice (0-1) of each class, and of all that a label holds, averaged over the cases; all on the network's own grid.
 *
 * @returns Scores (0-1) by name, as `stnMeanIou`.
 * @throws {TypeError} If a case has no label.
 */
export function scoreValidation(
  segmenter: Pick<Segmenter, "segment">,
  cases: readonly PreparedCase[],
  task: Task,
): Record<string, number> {
  const scores: Record<string, number> = {};
  const segmented = cases.map((prepared) => {
    if (prepared.labels === undefined) {
      throw new TypeError(`Cannot score ${prepared.id}: it has no label`);
    }
    return { truth: prepared.labels, result: segmenter.segment(prepared) };
  });
  const { labels, left } = heldLabels(
    scoredLabels(task),
    (index) => segmented.some(({ truth }) => truth.includes(index)),
  );
  for (const network of segmented[0] ? networksOf(segmented[0].result) : []) {
    const confusion = emptyConfusion(task.labels.length);
    for (const { truth, result } of segmented) {
      const mask = result[network]!;
      addToConfusion(confusion, known(mask, truth), known(truth, truth));
    }
    scores[`${network}MeanIou`] = meanIou(confusion)!;
    const scored = segmented.map(({ truth, result }) =>
      classDice(known(result[network]!, truth), known(truth, truth), labels)
    );
    const perLabel = labels.map(({ name }) => meanOf(scored.map(({ byLabel }) => byLabel[name]!)));
    const byLabel = Object.fromEntries(labels.map(({ name }, n) => [name, perLabel[n]!]));
    scores[`${network}Dice`] = diceOver(byLabel, labels, left).mean;
    perLabel.forEach((value, n) => scores[`${network}Dice${labels[n]!.name}`] = value);
  }
  return scores;
}

/** The classes, without those of pixels that nobody labelled. */
function known(classes: Uint8Array, truth: Uint8Array): Uint8Array {
  if (!truth.includes(IGNORED)) return classes;
  return classes.filter((_, n) => truth[n] !== IGNORED);
}
