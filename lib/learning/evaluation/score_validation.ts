import { meanOf } from "../../base/stats/mean_of.ts";
import type { Network } from "../../names.ts";
import { CLASS_NAMES } from "../../imaging/data/cases/label_codes.ts";
import type { PreparedCase } from "../../imaging/data/preparation/prepare_case.ts";
import { addToConfusion, emptyConfusion, meanIou } from "../../imaging/metrics/confusion.ts";
import { dice } from "../../imaging/metrics/dice.ts";
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
 * the 3-D Dice (0-1) of each class and of all, averaged over the cases; all on the network's own grid.
 *
 * @returns Scores (0-1) by name, as `stnMeanIou`.
 * @throws {TypeError} If a case has no label.
 */
export function scoreValidation(
  segmenter: Pick<Segmenter, "segment">,
  cases: readonly PreparedCase[],
): Record<string, number> {
  const classes = CLASS_NAMES.slice(1);
  const scores: Record<string, number> = {};
  const segmented = cases.map((prepared) => {
    if (prepared.labels === undefined) {
      throw new TypeError(`Cannot score ${prepared.id}: it has no label`);
    }
    return { labels: prepared.labels, result: segmenter.segment(prepared) };
  });
  for (const network of segmented[0] ? networksOf(segmented[0].result) : []) {
    const confusion = emptyConfusion(CLASS_NAMES.length);
    for (const { labels, result } of segmented) {
      addToConfusion(confusion, result[network]!, labels);
    }
    scores[`${network}MeanIou`] = meanIou(confusion)!;
    const perClass = classes.map((_, n) =>
      meanOf(segmented.map(({ labels, result }) => dice(result[network]!, labels, n + 1)))
    );
    scores[`${network}Dice`] = meanOf(perClass);
    perClass.forEach((value, n) => scores[`${network}Dice${classes[n]}`] = value);
  }
  return scores;
}
