/**
 * `summary.json` as nnU-Net (version 2) writes it of a folder of predictions: its metrics by case and
 * label, their means over cases, and the means of these over labels. Other programs read it.
 */
import { meanOf } from "../../base/stats/mean_of.ts";
import { writeAtomically } from "../files/write_atomically.ts";
import type { VoxelCounts } from "./voxel_counts.ts";

/** A scored case. */
export interface SummaryCase {
  readonly predictionFile: string;
  readonly referenceFile: string;
  /** By the key of the label: its code as "1", or codes of a region as "(1, 2)". */
  readonly counts: Readonly<Record<string, VoxelCounts>>;
}

/** In nnU-Net's order, that of their names. */
const METRICS = {
  Dice: ({ tp, fp, fn }: VoxelCounts) => 2 * tp / (2 * tp + fp + fn),
  FN: ({ fn }: VoxelCounts) => fn,
  FP: ({ fp }: VoxelCounts) => fp,
  IoU: ({ tp, fp, fn }: VoxelCounts) => tp / (tp + fp + fn),
  TN: ({ tn }: VoxelCounts) => tn,
  TP: ({ tp }: VoxelCounts) => tp,
  n_pred: ({ tp, fp }: VoxelCounts) => tp + fp,
  n_ref: ({ tp, fn }: VoxelCounts) => tp + fn,
} as const;

type Metric = keyof typeof METRICS;
type Metrics = Readonly<Record<Metric, number>>;

/** The key of a label that has these codes. */
export function summaryKey(codes: readonly number[]): string {
  return codes.length === 1 ? String(codes[0]) : `(${codes.join(", ")})`;
}

/**
 * The text of the file. Dice and IoU of a label in neither mask are `NaN`, as nnU-Net writes it (which
 * Python reads, and strict readers of JSON do not), and left out of the mean over cases; the mean over
 * labels is `NaN` where that of one is.
 *
 * @param cases At least one, all of the same keys.
 */
export function nnunetSummary(cases: readonly SummaryCase[]): string {
  const keys = Object.keys(cases[0]!.counts);
  const metricsOf = (valueOf: (metric: Metric) => number) =>
    Object.fromEntries(
      Object.keys(METRICS).map((name) => [name, valueOf(name as Metric)]),
    ) as Metrics;
  const mean = Object.fromEntries(keys.map((key) => [
    key,
    metricsOf((metric) =>
      meanOf(
        cases.map(({ counts }) => METRICS[metric](counts[key]!)).filter((value) =>
          !Number.isNaN(value)
        ),
      )
    ),
  ]));
  const summary = {
    foreground_mean: metricsOf((metric) => meanOf(keys.map((key) => mean[key]![metric]))),
    mean,
    metric_per_case: cases.map(({ counts, predictionFile, referenceFile }) => ({
      metrics: Object.fromEntries(
        keys.map((key) => [key, metricsOf((metric) => METRICS[metric](counts[key]!))]),
      ),
      prediction_file: predictionFile,
      reference_file: referenceFile,
    })),
  };
  // No path holds the character that marks them.
  const marked = (_: string, value: unknown) => Number.isNaN(value) ? "\0NaN" : value;
  return JSON.stringify(summary, marked, 4).replaceAll('"\\u0000NaN"', "NaN") + "\n";
}

/** Writes the file, atomically; throws WriteError if the disk refuses. */
export async function writeNnunetSummary(
  path: string,
  cases: readonly SummaryCase[],
): Promise<void> {
  await writeAtomically(path, nnunetSummary(cases));
}
