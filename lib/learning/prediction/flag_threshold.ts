import { auroc } from "../../base/stats/auroc.ts";
import type { FlagThreshold } from "../../formats/run_folder/postprocessing.ts";

/**
 * From where on a number says that a segmentation is to be looked at: the largest that no bad volume
 * would pass and most good ones do, which is where sensitivity and specificity add to most (Youden,
 * Index for rating diagnostic tests, Cancer 1950), halfway between the neighbouring values. Where no
 * volume was bad, it is the largest value that was seen; where none was good, there is none.
 *
 * @param values One a volume, higher where it is more suspicious.
 * @param bad Whether each is bad.
 *
 * @example
 * ```ts
 * import { flagThreshold } from "./flag_threshold.ts";
 *
 * const { threshold } = flagThreshold([0.1, 0.2, 0.6], [false, false, true]);
 * if (threshold !== 0.4) throw new Error(`threshold is ${threshold}`);
 * ```
 */
export function flagThreshold(values: readonly number[], bad: readonly boolean[]): FlagThreshold {
  const good = values.filter((_, n) => !bad[n]);
  if (good.length === 0) return { threshold: null, auroc: null };
  if (good.length === values.length) return { threshold: Math.max(...good), auroc: null };
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const between = [
    ...sorted.slice(1).map((value, n) => (sorted[n]! + value) / 2),
    sorted.at(-1)!,
  ];
  const failed = values.filter((_, n) => bad[n]);
  const youden = (threshold: number) =>
    failed.filter((value) => value > threshold).length / failed.length +
    good.filter((value) => value <= threshold).length / good.length;
  const threshold = between.reduce((best, one) => youden(one) > youden(best) ? one : best);
  return { threshold, auroc: auroc(values, bad) };
}
