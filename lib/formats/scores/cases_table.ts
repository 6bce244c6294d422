import { stringifyCsv } from "../../base/deps/std.ts";
import { spreadsheetText } from "../../base/report/spreadsheet_text.ts";
import { writeAtomically } from "../files/write_atomically.ts";
import type { CaseEvaluation } from "../run_folder/evaluation.ts";
import type { VoxelCounts } from "./voxel_counts.ts";

/** A volume of predictions with the counts of its labels by name. */
export interface CountedCase {
  readonly volume: CaseEvaluation;
  readonly counts: Readonly<Record<string, VoxelCounts>>;
}

/**
 * The text of `cases.csv`: a row a case and label, with all that was measured. What has no number is
 * empty: a distance where just one mask holds the label, and what the rule for labels in neither mask
 * leaves out. The calibration error is the case's, on each of its rows.
 */
export function casesTable(cases: readonly CountedCase[]): string {
  const rows = cases.flatMap(({ volume, counts }) =>
    Object.entries(counts).map(([label, own]) => rowOf(volume, label, own))
  );
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const filled = rows.map((row) =>
    Object.fromEntries(columns.map((name) => [name, row[name] ?? ""]))
  );
  return stringifyCsv(filled, columns);
}

/** Writes the table, atomically; throws WriteError if the disk refuses. */
export async function writeCasesTable(
  path: string,
  cases: readonly CountedCase[],
): Promise<void> {
  await writeAtomically(path, casesTable(cases));
}

function rowOf(
  { set, id, subject, frame, ftn, errors: { ftn: errors }, ece }: CaseEvaluation,
  label: string,
  { tp, fp, fn, tn }: VoxelCounts,
): Record<string, string | number | null> {
  const dice = ftn.byLabel[label] ?? null;
  const lesions = errors.lesions?.[label];
  return {
    ...{
      set: spreadsheetText(set),
      case: spreadsheetText(id),
      subject: spreadsheetText(subject),
      frame: spreadsheetText(frame),
      label: spreadsheetText(label),
      dice,
    },
    iou: dice === null ? null : dice / (2 - dice),
    hd95_mm: errors.hd95Mm.byLabel[label] ?? null,
    assd_mm: errors.assdMm.byLabel[label] ?? null,
    ...Object.fromEntries(
      Object.entries(errors.surfaceDice ?? {}).map(([tolerance, { byLabel }]) => [
        `surface_dice_${tolerance}_mm`,
        byLabel[label] ?? null,
      ]),
    ),
    volume_error_ml: errors.volumeErrorMl.byLabel[label] ?? null,
    volume_error_percent: errors.volumeErrorPercent.byLabel[label] ?? null,
    ...lesions && {
      lesions: lesions.reference,
      lesions_predicted: lesions.predicted,
      lesions_found: lesions.found,
      lesions_made_up: lesions.spurious,
      lesions_f1: lesions.f1,
    },
    ...ece !== undefined && { ece: ece.ftn },
    ...{ tp, fp, fn, tn, n_pred: tp + fp, n_ref: tp + fn },
  };
}
