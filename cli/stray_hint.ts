import { NETWORKS } from "../lib/names.ts";
import { shellWord } from "../lib/base/text/shell_word.ts";
import type { Evaluation } from "../mod.ts";

/** Millimetres from which on a part of a label lies far off, if its surface is near it elsewhere. */
const FAR = 20;

/** How many times the mean distance of surfaces the 95th percentile is, where a few parts stray. */
const STRAY = 5;

/**
 * What to do where a run finds parts of a label far from it, on subjects of its own domain as they were
 * scanned; undefined where it does not.
 *
 * @param dir The run's folder.
 */
export function strayHint({ sets, labels }: Evaluation, dir: string): string | undefined {
  for (const [name, { kind, errors }] of Object.entries(sets)) {
    if (kind !== "intra") continue;
    for (const network of NETWORKS) {
      const { hd95Mm, assdMm } = errors[network] ?? {};
      for (const label of labels) {
        const [far, mean] = [hd95Mm?.byLabel[label] ?? 0, assdMm?.byLabel[label] ?? 0];
        if (far < FAR || far < STRAY * mean) continue;
        return `${name}: parts of ${label} are found far from it (${network.toUpperCase()}: HD95 ` +
          `${far.toFixed(1)} mm, ASSD ${mean.toFixed(1)} mm); tandem postprocess ${
            shellWord(dir)
          } ` +
          "tells by the validation subjects whether predict shall keep its largest piece alone";
      }
    }
  }
  return undefined;
}
